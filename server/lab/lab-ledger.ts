/**
 * The labs that a provider has made or is making: no more than allowed, and all ended together.
 * Knows nothing about how one is made.
 */
import { Fault } from '../../src/faults.ts';
import type { Lab, Pooling, Waiting } from './lab.ts';

/** The labs of one provider. */
export class LabLedger implements AsyncDisposable {
  readonly #maxLabs: number;
  readonly #labs = new Set<Lab>();
  readonly #starting = new Set<Promise<unknown>>();
  readonly #listeners = new Set<() => void>();
  readonly #end = new AbortController();
  readonly #keepsLabs: () => boolean;

  /** `keepsLabs` is asked when all end: whether labs that can are left running. */
  constructor(maxLabs = Number.POSITIVE_INFINITY, keepsLabs = () => false) {
    this.#maxLabs = maxLabs;
    this.#keepsLabs = keepsLabs;
  }

  /** Aborts when the provider ends. */
  get signal(): AbortSignal {
    return this.#end.signal;
  }

  /** Labs that there are or that are being made or ended. */
  get size(): number {
    return this.#labs.size + this.#starting.size;
  }

  /** Told whenever there is one less. */
  onEnd(listener: () => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  /** How a pool of ready labs sees them; `keyOf` tells which wishes the same lab serves. */
  pooling(keyOf: Pooling['keyOf']): Pooling {
    const size = () => this.size;
    return {
      get labs() {
        return size();
      },
      onEnd: (listener) => this.onEnd(listener),
      keyOf,
    };
  }

  /** Makes a lab, unless there are too many; `start` is called off when the provider ends. */
  async add(waiting: Waiting, start: (waiting: Waiting) => Promise<Lab>): Promise<Lab> {
    if (this.size >= this.#maxLabs) throw new Fault('lab-full', { limit: this.#maxLabs });
    const starting = start({ ...waiting, signal: AbortSignal.any([waiting.signal, this.signal]) });
    const settled = starting.catch(() => undefined);
    this.#starting.add(settled);
    try {
      const lab = await starting;
      this.#labs.add(lab);
      return lab;
    } finally {
      this.#starting.delete(settled);
    }
  }

  /** A lab that another server made counts from now on. */
  adopt(lab: Lab): void {
    this.#labs.add(lab);
  }

  /** The lab has ended. */
  remove(lab: Lab): void {
    if (!this.#labs.delete(lab)) return;
    for (const listener of [...this.#listeners]) listener();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort(new Fault('shutting-down'));
    await Promise.all(this.#starting);
    const keepsLabs = this.#keepsLabs();
    await Promise.all([...this.#labs].map((lab) => (keepsLabs && lab.leave?.()) || lab[Symbol.asyncDispose]()));
  }
}
