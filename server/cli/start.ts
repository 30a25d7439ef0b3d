/**
 * `tadak start`: runs the server until it is told to stop.
 */
import { toFault } from '../../src/faults.ts';
import type { Config } from '../config.ts';
import { type RunningServer, startServer } from '../main.ts';
import type { Terminal } from './terminal.ts';
import { words } from './words.ts';

/** Longest time for an orderly end, milliseconds. */
const endWithinMs = 9000;
/** npm and the terminal both hand a Ctrl-C on: within this time two signals are one, milliseconds. */
const sameSignalMs = 500;

/** Runs until SIGINT, SIGTERM or SIGHUP. Resolves with the exit code. */
export async function runStart(config: Config, terminal: Terminal): Promise<number> {
  const { stopped, signal } = listenForSignals();
  let server: RunningServer;
  try {
    server = await startServer({ config, terminal, signal });
  } catch (thrown) {
    if (signal.aborted) return 0;
    throw thrown;
  }
  terminal.say(words.listening(server.url));
  await stopped;
  terminal.endProgress();
  terminal.say(words.ending);
  terminal.say((await endInTime(server)) ? words.ended : words.endedLate);
  return 0;
}

/** The first signal asks, a second one ends the process at once. */
function listenForSignals(): { readonly stopped: Promise<void>; readonly signal: AbortSignal } {
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

async function endInTime(server: RunningServer): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), endWithinMs);
  const ended = server[Symbol.asyncDispose]().then(
    () => true,
    (thrown) => {
      process.stderr.write(`${toFault(thrown).message}\n`);
      return false;
    },
  );
  const inTime = await Promise.race([ended, late]);
  clearTimeout(timer);
  return inTime;
}
