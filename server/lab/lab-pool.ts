/**
 * Labs that are ready before anybody asks: a few stand by, whoever starts a lab is given one at once, and the place is filled
 * again when nobody waits for a lab. They never take a student's place: where labs are counted out, they give way.
 * Knows nothing about machines, nor about who asks.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import { toFault } from '../../src/faults.ts';
import { waitFor } from '../host/wait.ts';
import type {
  AdoptedLab,
  AdoptOptions,
  Claim,
  IsOwned,
  Lab,
  LabOwner,
  LabProvider,
  LabSpec,
  Pooling,
  Waiting,
} from './lab.ts';

/** What the pool is told. */
export interface LabPoolOptions {
  /** The provider's. */
  readonly pooling: Pooling;
  /** How many labs stand by when nobody waits for one. */
  readonly size: number;
  /** Labs at the same time, those that stand by included. */
  readonly maxLabs: number;
  /** Whether this computer has room for a lab that nobody asked for; it has unless given. */
  readonly hasRoom?: () => boolean;
  /** What they are. */
  readonly spec: LabSpec;
  /** Owns them until they are claimed, so that a later server finds them. */
  readonly server: string;
  readonly log: (message: string, details?: Readonly<Record<string, string | number>>) => void;
  /** How long nobody must have started a lab before another one is made, ms; 4 seconds unless given. */
  readonly restMs?: number;
}

/** A provider with ready labs. */
export interface LabPool extends LabProvider {
  /** Labs that stand by. */
  readonly ready: number;
}

/** Whose a lab is that stands by. */
export const nobody = 'nobody' as LearnerId;

/** A lab that was just handed out is busy with its first terminal: making another one would slow it down. */
const defaultRestMs = 4_000;
/** Between looks for room, ms. */
const noRoomMs = 30_000;
/** After failures the rest is doubled each time, but no longer than this. */
const longestRestMs = 300_000;

/** Puts a pool before the provider; nothing is made before it was prepared. The pool ends it. */
export function createLabPool(provider: LabProvider, options: LabPoolOptions): LabPool {
  return new Pool(provider, options);
}

/** A lab that stands by. */
interface Ready {
  readonly lab: Lab;
  readonly claim: Claim;
  readonly watch: Disposable;
}

/** A lab that is being made for the pool. */
interface Making {
  readonly abort: AbortController;
  /** Settles when it stands by, or will not. */
  readonly done: Promise<void>;
  /** Who waits for it hears how far it is. */
  onProgress?: Waiting['onProgress'];
}

class Pool implements LabPool {
  readonly kind: LabProvider['kind'];
  readonly pooling: Pooling;
  readonly #provider: LabProvider;
  readonly #options: LabPoolOptions;
  readonly #ready: Ready[] = [];
  readonly #listening: Disposable;
  #making: Making | undefined;
  /** Students who wait for a lab. */
  #starting = 0;
  /** Failures since the last lab that somebody could use. */
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #state: 'unprepared' | 'open' | 'closed' = 'unprepared';

  constructor(provider: LabProvider, options: LabPoolOptions) {
    this.kind = provider.kind;
    this.pooling = options.pooling;
    this.#provider = provider;
    this.#options = options;
    this.#listening = options.pooling.onEnd(() => this.#refillLater());
  }

  get ready(): number {
    return this.#ready.length;
  }

  async prepare(waiting: Waiting): Promise<void> {
    await this.#provider.prepare(waiting);
    if (this.#state === 'unprepared') this.#state = 'open';
    this.#refillLater(0);
  }

  async provision(spec: LabSpec, owner: LabOwner, waiting: Waiting): Promise<Lab> {
    this.#starting += 1;
    clearTimeout(this.#timer);
    try {
      return (await this.#handOut(spec, owner, waiting)) ?? (await this.#makeAnother(spec, owner, waiting));
    } finally {
      this.#starting -= 1;
      this.#refillLater();
    }
  }

  async adopt(options: AdoptOptions): Promise<readonly AdoptedLab[]> {
    return (await this.#provider.adopt?.(options)) ?? [];
  }

  sweep(isOwned: IsOwned): Promise<number> {
    return this.#provider.sweep(isOwned);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#state = 'closed';
    clearTimeout(this.#timer);
    this.#listening[Symbol.dispose]();
    await this.#giveUpMaking();
    await Promise.all(this.#ready.splice(0).map((ready) => this.#discard(ready)));
    await this.#provider[Symbol.asyncDispose]();
  }

  /** A lab that stands by, or the one that soon will; `undefined` when there is none that is wished for and whole. */
  async #handOut(spec: LabSpec, owner: LabOwner, waiting: Waiting): Promise<Lab | undefined> {
    const { keyOf } = this.pooling;
    if (keyOf(spec) !== keyOf(this.#options.spec)) return undefined;
    for (;;) {
      const ready = this.#ready.shift();
      if (ready !== undefined) {
        const lab = await this.#claim(ready, owner, waiting);
        if (lab !== undefined) return lab;
      } else if (!(await this.#awaitMaking(waiting))) return undefined;
    }
  }

  /** Waits for the lab that is being made, unless somebody else does already. */
  async #awaitMaking({ signal, onProgress }: Waiting): Promise<boolean> {
    const making = this.#making;
    if (making === undefined || making.onProgress !== undefined) return false;
    making.onProgress = onProgress;
    try {
      await waitFor(making.done, signal);
    } finally {
      delete making.onProgress; // Whoever goes away leaves it for the next.
    }
    return true;
  }

  async #claim(ready: Ready, owner: LabOwner, { signal }: Waiting): Promise<Lab | undefined> {
    ready.watch[Symbol.dispose]();
    try {
      await ready.claim(owner, { signal });
      this.#failures = 0;
      return ready.lab;
    } catch (thrown) {
      await this.#discard(ready);
      signal.throwIfAborted();
      this.#fail('ready lab could not be handed out', thrown);
      return undefined;
    }
  }

  /** The provider makes one, and what is only in the pool gives way. */
  async #makeAnother(spec: LabSpec, owner: LabOwner, waiting: Waiting): Promise<Lab> {
    const { maxLabs } = this.#options;
    // One that another student waits for is as good as handed out.
    if (this.#making?.onProgress === undefined) await this.#giveUpMaking();
    while (this.pooling.labs >= maxLabs) {
      const ready = this.#ready.pop();
      if (ready === undefined) break;
      await this.#discard(ready);
    }
    waiting.signal.throwIfAborted();
    return this.#provider.provision(spec, owner, waiting);
  }

  #refillLater(restMs = this.#options.restMs ?? defaultRestMs): void {
    clearTimeout(this.#timer);
    if (this.#state !== 'open' || this.#starting > 0) return;
    const longMs = this.#failures === 0 ? restMs : Math.min(longestRestMs, defaultRestMs * 2 ** this.#failures);
    this.#timer = setTimeout(() => this.#refill(), longMs);
    this.#timer.unref();
  }

  #refill(): void {
    const { size, maxLabs } = this.#options;
    const isWanted = this.#ready.length < size && this.pooling.labs < maxLabs;
    if (this.#state !== 'open' || this.#starting > 0 || this.#making !== undefined || !isWanted) return;
    if (this.#options.hasRoom?.() === false) return void this.#refillLater(noRoomMs);
    const abort = new AbortController();
    const done = this.#make(abort.signal).finally(() => {
      this.#making = undefined;
      this.#refillLater();
    });
    this.#making = { abort, done };
  }

  async #make(signal: AbortSignal): Promise<void> {
    const { spec, server, log } = this.#options;
    const onProgress: Waiting['onProgress'] = (progress) => this.#making?.onProgress?.(progress);
    let lab: Lab | undefined;
    try {
      lab = await this.#provider.provision(spec, { learner: nobody, server }, { signal, onProgress });
      const claim = await lab.standBy?.({ signal });
      signal.throwIfAborted();
      if (claim === undefined) throw new Error(`${this.kind} labs cannot stand by`);
      this.#keep(lab, claim);
      log('a lab stands by', { lab: lab.id, ready: this.#ready.length });
    } catch (thrown) {
      if (lab !== undefined) await this.#clear(lab);
      if (!signal.aborted) this.#fail('no lab could be made to stand by', thrown);
    }
  }

  #keep(lab: Lab, claim: Claim): void {
    const watch = lab.onLost((fault) => {
      const index = this.#ready.indexOf(ready);
      if (index < 0) return;
      this.#ready.splice(index, 1);
      void this.#discard(ready);
      this.#fail('a lab that stood by was lost', fault);
    });
    const ready = { lab, claim, watch };
    this.#ready.push(ready);
  }

  /** Quietly: no student noticed. */
  #fail(message: string, thrown: unknown): void {
    const fault = toFault(thrown);
    this.#failures += 1;
    this.#options.log(message, { code: fault.code, message: fault.message, failures: this.#failures });
    this.#refillLater();
  }

  async #giveUpMaking(): Promise<void> {
    const making = this.#making;
    making?.abort.abort(new Error('given up'));
    await making?.done;
  }

  async #discard({ lab, watch }: Ready): Promise<void> {
    watch[Symbol.dispose]();
    await this.#clear(lab);
  }

  async #clear(lab: Lab): Promise<void> {
    try {
      await lab[Symbol.asyncDispose]();
    } catch (thrown) {
      this.#options.log('lab could not be cleared', { lab: lab.id, message: toFault(thrown).message });
    }
  }
}
