/**
 * One thing at a time for each learner: two checks in one lab would see each other's traces.
 * Knows nothing about what is done.
 */
import type { LearnerId } from '../../src/course/ids.ts';

/** Takes turns, per learner, in the order of asking. */
export interface Turns {
  /** Runs `work` when all earlier work of this learner is over. An aborted `signal` gives the turn up. */
  take<T>(learner: LearnerId, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

/** Makes the turns. */
export function createTurns(): Turns {
  const last = new Map<LearnerId, Promise<unknown>>();
  return {
    take: (learner, signal, work) => {
      const before = last.get(learner) ?? Promise.resolve();
      const mine = before.then(() => {
        signal.throwIfAborted();
        return work();
      });
      const settled = mine.catch(() => undefined);
      last.set(learner, settled);
      void settled.then(() => {
        if (last.get(learner) === settled) last.delete(learner);
      });
      return mine;
    },
  };
}
