/**
 * Slow work for which several may wait: done once, its progress handed to everyone who waits. Whoever goes away leaves it
 * running for the others; a failure is forgotten, so that the next one to come tries again.
 * Knows nothing about what is done.
 */
import { waitFor } from '../host/wait.ts';
import type { LabProgress, Waiting } from './lab.ts';

/** One piece of such work. Nothing is begun before somebody waits. */
export class SharedWork<T> {
  readonly #run: (waiting: Waiting) => Promise<T>;
  readonly #signal: AbortSignal;
  readonly #listeners = new Set<(progress: LabProgress) => void>();
  #latest: LabProgress | undefined;
  #running: Promise<T> | undefined;

  /** `signal` ends the work itself, when nobody will want it any more. */
  constructor(run: (waiting: Waiting) => Promise<T>, signal: AbortSignal) {
    this.#run = run;
    this.#signal = signal;
  }

  /** The work's outcome, begun when nobody did. Rejects with its error, or with the reason of the waiter's signal. */
  async wait({ signal, onProgress }: Waiting): Promise<T> {
    signal.throwIfAborted();
    this.#running ??= this.#begin();
    if (this.#latest) onProgress(this.#latest);
    this.#listeners.add(onProgress);
    try {
      return await waitFor(this.#running, signal);
    } finally {
      this.#listeners.delete(onProgress);
    }
  }

  /** Resolves when nothing is under way, whatever came of it. */
  async settled(): Promise<void> {
    await this.#running?.catch(() => undefined);
  }

  #begin(): Promise<T> {
    const onProgress = (progress: LabProgress) => {
      this.#latest = progress;
      for (const listener of this.#listeners) listener(progress);
    };
    const forget = () => {
      this.#latest = undefined;
    };
    const work = this.#run({ signal: this.#signal, onProgress });
    work.then(forget, () => {
      forget();
      this.#running = undefined;
    });
    return work;
  }
}
