/**
 * Publish and subscribe by learner: use cases publish, pages listen. Knows nothing about sockets, and keeps
 * nothing: every message is complete in itself, and a page asks for the state when it comes.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { LiveServerMessage } from '../../src/protocol/live.ts';

/** Carries live messages to every page of a learner. */
export interface LiveHub {
  publish(learner: LearnerId, message: LiveServerMessage): void;
  subscribe(learner: LearnerId, listener: (message: LiveServerMessage) => void): Disposable;
  /** How many pages a learner has open. */
  countOf(learner: LearnerId): number;
}

/** Makes an empty hub. */
export function createLiveHub(): LiveHub {
  const pages = new Map<LearnerId, Set<(message: LiveServerMessage) => void>>();
  const unsubscribe = (learner: LearnerId, entry: (message: LiveServerMessage) => void) => {
    const entries = pages.get(learner);
    if (entries?.delete(entry) && entries.size === 0) pages.delete(learner);
  };
  return {
    publish: (learner, message) => {
      for (const entry of pages.get(learner) ?? []) entry(message);
    },
    subscribe: (learner, listener) => {
      const entry = (message: LiveServerMessage) => listener(message);
      pages.set(learner, (pages.get(learner) ?? new Set()).add(entry));
      return { [Symbol.dispose]: () => unsubscribe(learner, entry) };
    },
    countOf: (learner) => pages.get(learner)?.size ?? 0,
  };
}
