/**
 * `tadak start`: runs the server until it is told to stop.
 */
import { join } from 'node:path';
import type { Localized } from '../../src/course/locales.ts';
import { toFault } from '../../src/faults.ts';
import type { Config } from '../config.ts';
import { type RunningServer, startServer } from '../main.ts';
import { watchForCrash } from './crash.ts';
import { listenForSignals } from './signals.ts';
import type { Terminal } from './terminal.ts';
import { words } from './words.ts';

/** Longest time for an orderly end, milliseconds. */
const endWithinMs = 9000;

/** Runs until SIGINT, SIGTERM or SIGHUP. Resolves with the exit code. */
export function runStart(config: Config, terminal: Terminal): Promise<number> {
  return runServer(config, terminal, { hello: words.listening });
}

/** How a server is run. */
export interface RunServerOptions {
  /** Pages are made while their course is being written. */
  readonly preview?: boolean;
  /** What is said when it listens. */
  readonly hello: (url: string) => Localized;
}

/** Runs a server until the operator ends it. */
export async function runServer(
  config: Config,
  terminal: Terminal,
  { preview = false, hello }: RunServerOptions,
): Promise<number> {
  const { stopped, signal } = listenForSignals();
  let server: RunningServer | undefined;
  watchForCrash(terminal, {
    logPath: join(config.data, 'server.log'),
    labsOutlive: () => server?.labsOutlive ?? false,
  });
  try {
    server = await startServer({ config, terminal, signal, preview });
  } catch (thrown) {
    if (signal.aborted) return 0;
    throw thrown;
  }
  terminal.say(hello(server.url));
  await stopped;
  terminal.endProgress();
  terminal.say(words.ending);
  terminal.say((await endInTime(server)) ? words.ended : words.endedLate);
  if (config['keep-labs'] && server.labsOutlive) terminal.say(words.labsKept);
  return 0;
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
