/**
 * The labs that a provider has made or is making: no more than allowed, and all ended together.
 * Knows nothing about how one is made.
 */
import { randomBytes } from 'node:crypto';
import { Fault } from '../../src/faults.ts';
import type { Lab, Pooling, Waiting } from './lab.ts';

const labIdBytes = 5;

/** The labs of one provider. */
export class LabLedger implements AsyncDisposable {
  readonly #maxLabs: number;
  readonly #labs = new Set<Lab>();
  /** The names of all of them, those that are being made included. */
  readonly #ids = new Set<string>();
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

  /** Whether a lab of this name is there, or is being made or ended: what else is found of one was left over. */
  knows(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Makes a lab of the name that `start` is told, unless there are too many; it is called off when the provider ends. */
  async add(waiting: Waiting, start: (waiting: Waiting, id: string) => Promise<Lab>): Promise<Lab> {
    if (this.size >= this.#maxLabs) throw new Fault('lab-full', { limit: this.#maxLabs });
    const id = randomBytes(labIdBytes).toString('hex');
    this.#ids.add(id);
    const starting = start({ ...waiting, signal: AbortSignal.any([waiting.signal, this.signal]) }, id);
    const settled = starting.catch(() => undefined);
    this.#starting.add(settled);
    try {
      const lab = await starting;
      this.#labs.add(lab);
      return lab;
    } catch (thrown) {
      this.#ids.delete(id);
      throw thrown;
    } finally {
      this.#starting.delete(settled);
    }
  }

  /** A lab that another server made counts from now on. */
  adopt(lab: Lab): void {
    this.#labs.add(lab);
    this.#ids.add(lab.id);
  }

  /** The lab has ended, or was given up: what is left of it is nobody's. */
  remove(lab: Lab): void {
    if (!this.#labs.delete(lab)) return;
    this.#ids.delete(lab.id);
    for (const listener of [...this.#listeners]) listener();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort(new Fault('shutting-down'));
    await Promise.all(this.#starting);
    const keepsLabs = this.#keepsLabs();
    await Promise.all([...this.#labs].map((lab) => (keepsLabs && lab.leave?.()) || lab[Symbol.asyncDispose]()));
  }
}
