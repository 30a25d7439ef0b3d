/**
 * One life of a terminal: a pty, everything it printed (as far as it is kept), and any number of viewers.
 * Detaching is not ending. Knows no transport; viewers come with a sink of their own.
 */
import { randomBytes } from 'node:crypto';
import type { LabId, LearnerId, TerminalName } from '../../src/course/ids.ts';
import { Fault } from '../../src/faults.ts';
import type { TerminalSize } from '../../src/protocol/terminal.ts';
import { isAnswerInput } from '../../src/protocol/terminal-answer.ts';
import type { Pty, PtyExit } from '../lab/pty.ts';
import { Backlog } from './backlog.ts';
import { CommandEvents } from './command-events.ts';
import { CommandHistory } from './command-history.ts';
import { FlowControl } from './flow-control.ts';
import { InputLedger } from './input-ledger.ts';
import { Listeners } from './listeners.ts';
import { OutputRelease } from './output-release.ts';
import { Screen, type Snapshot } from './screen.ts';
import { ScreenDraws } from './screen-draws.ts';
import { SizeControl } from './size-control.ts';
import { SizeTrail } from './size-trail.ts';
import { type Attachment, type AttachRequest, Viewer, type ViewerHost } from './viewer.ts';

/** What a session is made of. */
export interface TerminalSessionOptions {
  readonly pty: Pty;
  readonly learner: LearnerId;
  readonly labId: LabId;
  readonly terminal: TerminalName;
  readonly size: TerminalSize;
  /** What the terminal shows before its shell says anything. */
  readonly shownBefore?: Uint8Array;
  /** How much output is kept for viewers that come back, bytes. */
  readonly backlogBytes: number;
  /** Milliseconds from any fixed point. */
  readonly now?: () => number;
}

/** Viewers of one session that are remembered as knowing its end. */
const maxInformed = 256;

/** A terminal with its viewers. */
export class TerminalSession extends CommandEvents implements Disposable {
  readonly learner: LearnerId;
  readonly labId: LabId;
  readonly terminal: TerminalName;
  /** Names this life of the terminal. */
  readonly epoch: string = randomBytes(9).toString('base64url');
  readonly #pty: Pty;
  readonly #backlog: Backlog;
  readonly #screen: Screen;
  readonly #flow: FlowControl;
  readonly #sizes: SizeControl;
  readonly #trail: SizeTrail;
  readonly #ledger = new InputLedger();
  readonly #viewers = new Set<Viewer>();
  readonly #informed = new Set<string>();
  readonly #now: () => number;
  readonly #host: ViewerHost;
  readonly #release: OutputRelease;
  readonly #ended = new Listeners<PtyExit>();
  /** Its commands and what they printed. */
  readonly history: CommandHistory;
  readonly #draws: ScreenDraws;
  #exit: PtyExit | undefined;

  constructor({ pty, learner, labId, terminal, size, shownBefore, backlogBytes, now }: TerminalSessionOptions) {
    super();
    this.#pty = pty;
    this.learner = learner;
    this.labId = labId;
    this.terminal = terminal;
    this.#now = now ?? (() => performance.now());
    this.#backlog = new Backlog({ capacityBytes: backlogBytes, onDrop: (end) => this.#screen.advance(end) });
    this.#screen = new Screen({ backlog: this.#backlog, size, onPressure: (isHigh) => this.#flow.setPressure(isHigh) });
    this.#flow = new FlowControl({
      viewers: this.#viewers,
      now: this.#now,
      pause: () => pty.pause(),
      resume: () => pty.resume(),
      mustHoldForScreen: () => this.#draws.mustHold,
    });
    const drawn = { screen: this.#screen, backlog: this.#backlog, backlogBytes };
    this.#draws = new ScreenDraws({ ...drawn, onDone: () => this.#flow.update() });
    this.#trail = new SizeTrail(size);
    this.#sizes = new SizeControl({ size, apply: (next) => this.#applySize(next) });
    this.#host = this.#buildHost();
    this.#release = new OutputRelease({
      printedTo: () => this.#backlog.end,
      isAnyoneShort: () => this.#isAnyoneShort(),
      send: () => this.#pullAll(),
    });
    this.history = new CommandHistory({ commands: this.commands, backlog: this.#backlog, size: () => this.size });
    if (shownBefore !== undefined) {
      this.#backlog.append(shownBefore);
      this.skipOutput(shownBefore.length);
    }
    pty.onData((bytes) => this.#handleData(bytes));
    pty.onExit((exit) => this.#handleExit(exit));
  }

  /** How the shell ended; undefined while it lives. */
  get exit(): PtyExit | undefined {
    return this.#exit;
  }

  /** Its size now. */
  get size(): TerminalSize {
    return this.#sizes.size;
  }

  /** How many viewers are attached that may type. */
  get viewerCount(): number {
    return [...this.#viewers].filter(({ readOnly }) => !readOnly).length;
  }

  /** The screen as it stands, as escape sequences. */
  drawScreen(): Promise<Snapshot> {
    return this.#draws.draw();
  }

  /** What was printed from `seq` on; `undefined` when some of it is not kept any more, or when it is more than `maxBytes`. */
  outputSince(seq: number, maxBytes: number): Uint8Array | undefined {
    const { start, end } = this.#backlog;
    return seq >= start && end - seq <= maxBytes ? this.#backlog.copy(seq, end) : undefined;
  }

  /** Whether this viewer was told that the shell ended, so that its next attach asks for a new one. */
  hasInformed(viewer: string): boolean {
    return this.#informed.has(viewer);
  }

  /** The shell ended. */
  onExit(listener: (exit: PtyExit) => void): Disposable {
    return this.#ended.add(listener);
  }

  /** A viewer comes, or comes back. An older attachment of the same viewer is replaced. */
  attach(request: AttachRequest): Attachment {
    const viewer = new Viewer(request, this.#host);
    // Who looks on takes nobody's place, whatever id they say.
    const isSame = ({ id, readOnly }: Viewer) => id === viewer.id && readOnly === viewer.readOnly;
    const asController = [...this.#viewers].some((older) => isSame(older) && this.#replace(older));
    this.#sizes.join(viewer, { asController });
    this.#viewers.add(viewer);
    viewer.start(request);
    this.#pull(viewer);
    return this.#buildAttachment(viewer);
  }

  /** Ends the shell; `line` is the last thing its viewers read. */
  end(line: string): void {
    if (this.#exit !== undefined) return;
    // Out of a full-screen program and its colours.
    this.#backlog.append(Buffer.from(`\x1b[?1049l\x1b[0m\r\n${line}\r\n`));
    this.#handleExit({ exitCode: 129, signal: 1 });
    this.#pty.kill();
  }

  [Symbol.dispose](): void {
    this.#pty.kill();
    for (const viewer of this.#viewers) viewer.leave();
    this.#viewers.clear();
    this.#flow[Symbol.dispose]();
    this.#sizes[Symbol.dispose]();
    this.stopWatching();
    this.#screen[Symbol.dispose]();
  }

  #buildHost(): ViewerHost {
    return {
      ...{ epoch: this.epoch, terminal: this.terminal, backlog: this.#backlog, sizes: this.#trail, now: this.#now },
      releasedTo: () => this.#release.releasedTo,
      exitMessage: () => (this.#exit === undefined ? undefined : { type: 'exited', ...this.#exit }),
      takeSnapshot: () => this.drawScreen(),
      tellSize: (viewer) => this.#sizes.tell(viewer),
      inputOf: (viewer) => this.#ledger.receivedFrom(viewer),
      handleCaughtUp: (viewer) => this.#pull(viewer),
    };
  }

  #buildAttachment(viewer: Viewer): Attachment {
    const ifAttached = (act: () => void) => {
      if (this.#viewers.has(viewer)) act();
    };
    return {
      input: (seq, bytes) => ifAttached(() => this.#handleInput(viewer, seq, bytes)),
      resize: (size, { takeControl = false } = {}) => ifAttached(() => this.#handleResize(viewer, size, takeControl)),
      acknowledge: (seq) => ifAttached(() => this.#handleAck(viewer, seq)),
      hide: (isHidden) => ifAttached(() => this.#handleHidden(viewer, isHidden)),
      pull: () => ifAttached(() => this.#pull(viewer)),
      [Symbol.dispose]: () => ifAttached(() => this.#detach(viewer)),
    };
  }

  #handleData(bytes: Uint8Array): void {
    if (this.#exit !== undefined) return;
    this.#backlog.append(bytes);
    this.#release.handleOutput(bytes.length);
    this.#flow.handleOutput(bytes.length);
    this.scanOutput(bytes);
  }

  /** Flow control is not asked: sending makes room for nobody, and whom it leaves without any is found out with the next read. */
  #pullAll(): void {
    for (const viewer of this.#viewers) this.#pullOne(viewer);
  }

  #isAnyoneShort(): boolean {
    for (const viewer of this.#viewers) if (viewer.isShort) return true;
    return false;
  }

  #pull(viewer: Viewer): void {
    this.#pullOne(viewer);
    this.#flow.update();
  }

  #pullOne(viewer: Viewer): void {
    viewer.pull();
    // Who looks on asks for no new shell, and must not use up the places of those who do.
    if (viewer.knowsExit && !viewer.readOnly && this.#informed.size < maxInformed) this.#informed.add(viewer.id);
  }

  #handleAck(viewer: Viewer, seq: number): void {
    viewer.flow.handleAck(seq);
    this.#pull(viewer);
  }

  #handleHidden(viewer: Viewer, isHidden: boolean): void {
    viewer.isHidden = isHidden;
    this.#pull(viewer);
  }

  #handleInput(viewer: Viewer, seq: number, bytes: Uint8Array): void {
    // Nothing to type: a page, perhaps one that may only look, asks whether anybody is there.
    const fault = bytes.length > 0 ? this.#refusalOf(viewer, seq) : undefined;
    if (fault !== undefined) {
      viewer.sink.sendMessage({ type: 'refused', code: fault.code, message: fault.sentence });
      return;
    }
    const { fresh, received } = this.#ledger.accept(viewer.id, seq, bytes);
    // An answer was meant for a question that the viewer in control answers.
    const isStray = !this.#sizes.isInControl(viewer) && isAnswerInput(fresh);
    if (fresh.length > 0 && !isStray) {
      this.#sizes.take(viewer);
      this.#pty.write(fresh);
      this.scanInput(fresh);
    }
    viewer.receipts.note(received);
  }

  #refusalOf(viewer: Viewer, seq: number): Fault | undefined {
    if (viewer.readOnly) return new Fault('watch-only');
    return this.#exit === undefined ? this.#ledger.gapBefore(viewer.id, seq) : new Fault('no-such-terminal');
  }

  #handleResize(viewer: Viewer, size: TerminalSize, takeControl: boolean): void {
    viewer.size = size;
    if (!viewer.readOnly && (takeControl || this.#sizes.isInControl(viewer))) this.#sizes.take(viewer);
  }

  #applySize(size: TerminalSize): void {
    if (this.#exit !== undefined) return;
    this.#screen.resize(size);
    this.#trail.note(this.#backlog.end, size);
    this.#pty.resize(size);
    this.tellResize(size);
  }

  /** Returns whether it was in control. */
  #replace(older: Viewer): boolean {
    older.sink.handleReplaced();
    return this.#forget(older);
  }

  #detach(viewer: Viewer): void {
    if (this.#forget(viewer)) this.#sizes.passOn();
    this.#flow.update();
  }

  #forget(viewer: Viewer): boolean {
    viewer.leave();
    this.#viewers.delete(viewer);
    return this.#sizes.leave(viewer);
  }

  #handleExit(exit: PtyExit): void {
    if (this.#exit !== undefined) return;
    this.#exit = exit;
    this.stopWatching();
    this.#release.releaseAll();
    this.#ended.emit(exit);
  }
}
