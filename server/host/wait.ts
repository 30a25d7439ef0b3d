/**
 * Waiting that ends: for a promise under a signal, for a turn in a queue, for a condition under a deadline.
 * Knows nothing about what is waited for.
 */
import { setTimeout as delay } from 'node:timers/promises';

/** The promise's outcome, or a rejection with the signal's reason if that comes first. */
export async function waitFor<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** A queue that lets one task run at a time, in the order of asking. */
export function createTurns(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const run = last.then(task, task);
    last = run.catch(() => undefined);
    return run;
  };
}

/** Does something with each, one after the other; what fails does not keep the others from their turn. Throws the first error. */
export async function eachInTurn<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const errors: unknown[] = [];
  for (const one of all) await work(one).catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw errors[0];
}

/** Asks again and again until the answer is defined; `undefined` when the time is over. */
export async function poll<T>(
  ask: () => Promise<T | undefined> | T | undefined,
  options: { readonly signal: AbortSignal; readonly timeoutMs: number; readonly everyMs: number },
): Promise<T | undefined> {
  const until = performance.now() + options.timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || performance.now() > until) return answer;
    await delay(options.everyMs, undefined, { signal: options.signal });
  }
}
