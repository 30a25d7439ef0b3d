/**
 * Waiting for an answer. Knows nothing about who answers.
 */

/** A socket that is not open by then is given up, ms: what asked for it got lost. */
export const openWithinMs = 8000;
/** An attempt to connect that is older than this is made anew when the network or the page is back, ms. */
export const staleAfterMs = 1000;

/** The time until which an answer is awaited: it only moves nearer, until it is met. */
export interface Deadline {
  /** Something must be heard within so many milliseconds; what was awaited sooner stays awaited. */
  within(ms: number): void;
  /** Something was heard; the next is awaited within `nextMs`, where that is given. */
  meet(nextMs?: number): void;
}

/** Makes a deadline; `onMissed` is called when nothing was heard in time. */
export function createDeadline(onMissed: () => void): Deadline {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let at = Number.POSITIVE_INFINITY;
  const clear = () => {
    clearTimeout(timer);
    at = Number.POSITIVE_INFINITY;
  };
  const within = (ms: number) => {
    const next = performance.now() + ms;
    if (next >= at) return;
    clearTimeout(timer);
    at = next;
    timer = setTimeout(() => {
      clear();
      onMissed();
    }, ms);
  };
  return {
    within,
    meet: (nextMs) => {
      clear();
      if (nextMs !== undefined) within(nextMs);
    },
  };
}
