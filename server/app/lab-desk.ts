/**
 * The desk where labs are handed out: one lab per learner, started once however often it is asked for, a queue
 * when all are taken. Knows nothing about HTTP, terminals and lessons; the owner of the desk hears of every change.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import { Fault, toFault } from '../../src/faults.ts';
import type { LabView } from '../../src/protocol/api.ts';
import type { Lab, LabProgress, Waiting } from '../lab/lab.ts';
import type { LabDeskOptions } from './lab-desk-options.ts';
import type { LabEnding } from './lab-life.ts';
import { LabQueue } from './lab-queue.ts';
import { type LabNote, type LabSeat, viewSeat } from './lab-seat.ts';

interface Rewinding {
  readonly lab: Lab;
  readonly abort: AbortController;
  readonly work: (lab: Lab, waiting: Waiting) => Promise<void>;
}

const nothing: LabSeat = { state: 'none' };
const beginning: LabProgress = { label: { ko: '실습 환경을 준비하고 있어요', en: 'Preparing the lab' }, fraction: 0 };
const rewinding: LabProgress = { label: { ko: '실습 환경을 되돌리고 있어요', en: 'Taking the lab back' }, fraction: 0 };
const clearing: LabProgress = { label: { ko: '쓰던 환경을 정리하고 있어요', en: 'Clearing the old lab' }, fraction: 0 };

/** One lab per learner. */
export class LabDesk implements AsyncDisposable {
  readonly #options: LabDeskOptions;
  readonly #seats = new Map<LearnerId, LabSeat>();
  readonly #queue: LabQueue;
  /** Everything under way that must be over before the desk is closed. */
  readonly #work = new Set<Promise<void>>();
  readonly #rewinds = new Set<Promise<void>>();
  /** Machines that exist or are being made or cleared. */
  #machines = 0;
  #isClosed = false;

  constructor(options: LabDeskOptions) {
    this.#options = options;
    const { isOpen, now } = options;
    this.#queue = new LabQueue({
      ...{ isOpen, now },
      onGone: (learner) => this.#set(learner, { state: 'none', fault: new Fault('lab-queue-left') }),
      obstacle: () => this.#obstacle(),
      onTurn: (learner) => this.#admit(learner),
      onWait: (learner, fault) => this.#set(learner, { state: 'queued', fault }),
    });
  }

  /** The learner's lab as pages see it. */
  view(learner: LearnerId): LabView {
    const { prepared, now } = this.#options;
    const place = this.#queue.placeOf(learner);
    return viewSeat(this.#seat(learner), { kind: prepared.provider.kind, place, now: now() });
  }

  /** The learner's running lab, if any. */
  find(learner: LearnerId): Lab | undefined {
    const seat = this.#seat(learner);
    return seat.state === 'ready' ? seat.lab : undefined;
  }

  /** The learner's running lab. Throws a Fault that says why there is none. */
  require(learner: LearnerId): Lab {
    const seat = this.#seat(learner);
    if (seat.state === 'ready') return seat.lab;
    if (seat.state === 'lost') throw seat.fault;
    throw new Fault(seat.state === 'none' || seat.state === 'ended' ? 'lab-none' : 'lab-not-ready');
  }

  /** Starts a lab, or does nothing when one is running, starting or queued. */
  start(learner: LearnerId): LabView {
    if (this.#isClosed) throw new Fault('shutting-down');
    const { state } = this.#seat(learner);
    if (state === 'none' || state === 'lost' || state === 'ended') this.#queue.enter(learner);
    return this.view(learner);
  }

  /** Seats a learner at a lab that an earlier server made. False when the learner has one: the lab is then still to be ended. */
  adopt(learner: LearnerId, lab: Lab): boolean {
    if (this.#isClosed || this.#seat(learner).state !== 'none') return false;
    this.#machines += 1;
    this.#handleReady(learner, lab);
    return true;
  }

  /** Throws the machine away and starts a fresh one in the same place of the queue. */
  restart(learner: LearnerId): LabView {
    if (this.#isClosed) throw new Fault('shutting-down');
    const seat = this.#seat(learner);
    if (seat.state === 'starting' || seat.state === 'queued') return this.view(learner);
    if (seat.state !== 'ready') return this.start(learner);
    this.#leave(learner, seat, 'restarted');
    this.#launch(learner, { replaced: seat.lab });
    return this.view(learner);
  }

  /**
   * Puts the learner's lab back to an earlier state of itself by `work`; meanwhile it is starting. Throws a Fault when there is
   * no lab that is ready, and the one by which the lab was lost.
   */
  async rewind(learner: LearnerId, work: (lab: Lab, waiting: Waiting) => Promise<void>): Promise<void> {
    const lab = this.require(learner);
    const seat = this.#seat(learner);
    if (seat.state === 'ready') seat.watch[Symbol.dispose]();
    this.#options.onRewind(lab);
    const abort = new AbortController();
    this.#set(learner, { state: 'starting', progress: rewinding, abort });
    const done = this.#rewind(learner, { lab, abort, work });
    const settled = done.catch(() => undefined);
    this.#track(settled);
    this.#rewinds.add(settled);
    await done.finally(() => this.#rewinds.delete(settled));
  }

  /** Ends the lab, or the wait for one; `fault` says why when it was not the learner's wish. */
  end(learner: LearnerId, fault?: Fault): LabView {
    const seat = this.#seat(learner);
    if (seat.state === 'none') return this.view(learner);
    this.#queue.leave(learner);
    if (seat.state === 'ready') this.#leave(learner, seat, 'ended');
    if (seat.state === 'starting') seat.abort.abort(new Fault('lab-none'));
    this.#set(learner, { state: 'ended', ...(fault && { fault }) });
    if (seat.state === 'ready') this.#track(this.#clear(seat.lab).finally(() => this.#freeMachine()));
    return this.view(learner);
  }

  /** Looks whether those who wait can have a lab by now; to be called every few seconds. */
  advance(): void {
    if (!this.#isClosed) this.#queue.advance();
  }

  /** Says something about the learner's lab, as long as it is this one. */
  note(learner: LearnerId, lab: Lab, note: LabNote | undefined): void {
    const seat = this.#seat(learner);
    if (seat.state !== 'ready' || seat.lab !== lab) return;
    const { note: _old, ...rest } = seat;
    this.#set(learner, note ? { ...rest, note } : rest);
  }

  /** The lab's end is near, or not any more. */
  warn(learner: LearnerId, ending: LabEnding | undefined): void {
    const seat = this.#seat(learner);
    if (seat.state !== 'ready') return;
    const { ending: _old, ...rest } = seat;
    this.#set(learner, ending ? { ...rest, ending } : rest);
  }

  /** Ends all labs, but for those that are kept for the next server. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    const keepsLabs = this.#options.keepsLabs();
    // A lab on its way back to an earlier state is worth the wait; aborted, it would be lost.
    if (keepsLabs) await Promise.all(this.#rewinds);
    for (const [learner, seat] of this.#seats) {
      if (keepsLabs && seat.state === 'ready') seat.watch[Symbol.dispose]();
      else this.end(learner);
    }
    await Promise.all(this.#work);
  }

  #seat(learner: LearnerId): LabSeat {
    return this.#seats.get(learner) ?? nothing;
  }

  #set(learner: LearnerId, seat: LabSeat): void {
    this.#seats.set(learner, seat);
    this.#options.onChange(learner, this.view(learner));
  }

  #admit(learner: LearnerId): void {
    this.#machines += 1;
    this.#launch(learner);
  }

  /** Why no lab can be started now. */
  #obstacle(): Fault | undefined {
    const { maxLabs, shortage } = this.#options;
    return this.#machines < maxLabs ? shortage() : new Fault('lab-full', { limit: maxLabs });
  }

  /** Makes a machine in a slot that is already taken. */
  #launch(learner: LearnerId, { replaced }: { readonly replaced?: Lab } = {}): void {
    const abort = new AbortController();
    this.#set(learner, { state: 'starting', progress: replaced ? clearing : beginning, abort });
    this.#track(this.#provision(learner, { replaced, abort }));
  }

  async #provision(
    learner: LearnerId,
    { replaced, abort }: { readonly replaced: Lab | undefined; readonly abort: AbortController },
  ): Promise<void> {
    const { prepared, server, specFor } = this.#options;
    const { isMine, waiting } = this.#startOf(learner, abort);
    try {
      if (replaced) await this.#clear(replaced);
      await prepared.prepare(waiting.onProgress, abort.signal);
      const spec = specFor(learner);
      const lab = await prepared.provider.provision(spec, { learner, server }, waiting);
      if (isMine()) this.#handleReady(learner, lab);
      else await this.#clear(lab).finally(() => this.#freeMachine());
    } catch (thrown) {
      this.#freeMachine();
      if (isMine()) this.#handleFailure(learner, toFault(thrown));
    }
  }

  /** Who waits while the learner's lab starts, as long as it is this start. */
  #startOf(learner: LearnerId, abort: AbortController): { isMine(): boolean; readonly waiting: Waiting } {
    const isMine = () => {
      const seat = this.#seat(learner);
      return seat.state === 'starting' && seat.abort === abort;
    };
    const onProgress = (progress: LabProgress) => {
      if (isMine()) this.#set(learner, { state: 'starting', progress, abort });
    };
    return { isMine, waiting: { signal: abort.signal, onProgress } };
  }

  async #rewind(learner: LearnerId, { lab, abort, work }: Rewinding): Promise<void> {
    const { isMine, waiting } = this.#startOf(learner, abort);
    try {
      await work(lab, waiting);
      if (isMine()) return this.#handleReady(learner, lab);
    } catch (thrown) {
      const fault = toFault(thrown);
      // There is no such state, and nothing was done to the lab.
      if (fault.code === 'not-found' && isMine()) this.#handleReady(learner, lab);
      else {
        this.#options.log('lab lost', { learner, lab: lab.id, code: fault.code, message: fault.message });
        if (isMine()) this.#set(learner, { state: 'lost', fault });
        await this.#discard(lab);
      }
      throw fault;
    }
    await this.#discard(lab); // The learner ended it meanwhile.
  }

  async #discard(lab: Lab): Promise<void> {
    this.#options.onDiscard(lab);
    await this.#clear(lab);
    this.#freeMachine();
  }

  #handleReady(learner: LearnerId, lab: Lab): void {
    const watch = new DisposableStack();
    watch.use(lab.onLost((fault) => this.#handleLost(learner, { lab, fault })));
    watch.use(lab.onStandstill?.((fault) => this.note(learner, lab, fault && { fault })));
    watch.use(lab.onChange?.(() => this.#handleChanged(learner, lab)));
    this.#options.onArrive(learner);
    this.#set(learner, { state: 'ready', lab, watch });
    this.#options.onReady(learner, lab);
  }

  /** What the lab offers became known: pages see it, and what had to wait for it may go on. */
  #handleChanged(learner: LearnerId, lab: Lab): void {
    if (this.find(learner) !== lab) return;
    this.#options.onChange(learner, this.view(learner));
    this.#options.onReady(learner, lab);
  }

  #handleFailure(learner: LearnerId, fault: Fault): void {
    const cause = fault.cause instanceof Error ? (fault.cause.stack ?? fault.cause.message) : '';
    this.#options.log('lab start failed', { learner, code: fault.code, message: fault.message, cause });
    this.#set(learner, { state: 'none', fault });
  }

  #handleLost(learner: LearnerId, { lab, fault }: { readonly lab: Lab; readonly fault: Fault }): void {
    const seat = this.#seat(learner);
    if (seat.state !== 'ready' || seat.lab !== lab) return;
    this.#options.log('lab lost', { learner, lab: lab.id, code: fault.code, message: fault.message });
    this.#leave(learner, seat, 'lost');
    this.#set(learner, { state: 'lost', fault });
    this.#track(this.#clear(lab).finally(() => this.#freeMachine()));
  }

  #leave(learner: LearnerId, seat: LabSeat & { readonly state: 'ready' }, why: 'ended' | 'restarted' | 'lost'): void {
    seat.watch[Symbol.dispose]();
    this.#options.onLeave(learner, seat.lab, why);
  }

  async #clear(lab: Lab): Promise<void> {
    try {
      await lab[Symbol.asyncDispose]();
    } catch (thrown) {
      this.#options.log('lab could not be cleared', { lab: lab.id, message: toFault(thrown).message });
    }
  }

  #freeMachine(): void {
    this.#machines -= 1;
    this.advance();
  }

  #track(work: Promise<void>): void {
    this.#work.add(work);
    work.finally(() => this.#work.delete(work));
  }
}
