/**
 * The operator's Ctrl-C: the first signal asks for an orderly end, a second one ends the process at once.
 */

/** npm and the terminal both hand a Ctrl-C on: within this time two signals are one, milliseconds. */
const sameSignalMs = 500;

/** What the first signal does. */
export interface Signals {
  readonly stopped: Promise<void>;
  readonly signal: AbortSignal;
}

/** Listens from now on. */
export function listenForSignals(): Signals {
  const { promise, resolve } = Promise.withResolvers<void>();
  const abort = new AbortController();
  let firstAt: number | undefined;
  const handle = () => {
    const now = performance.now();
    if (firstAt !== undefined && now - firstAt > sameSignalMs) process.exit(130);
    firstAt ??= now;
    abort.abort();
    resolve();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, handle);
  return { stopped: promise, signal: abort.signal };
}
