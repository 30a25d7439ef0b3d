/**
 * An error that nobody expected: it is written to the server's log, said to the operator in one sentence, and ends the process. Labs
 * run on, and the next start goes on with them. Knows nothing about what went wrong.
 */
import { appendFileSync } from 'node:fs';
import type { Terminal } from './terminal.ts';
import { words } from './words.ts';

/** EX_SOFTWARE of sysexits.h: what supervisors take for a crash. */
const exitCode = 70;

/** What is said of one. */
export interface CrashOptions {
  readonly logPath: string;
  /** Whether the next server can go on with the labs of this one. */
  readonly labsOutlive: () => boolean;
}

/** Watches for one from now on; also for a promise that was rejected and that nobody waited for. */
export function watchForCrash(terminal: Terminal, { logPath, labsOutlive }: CrashOptions): void {
  process.on('uncaughtException', (error: unknown) => {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    try {
      // At once: what is written later is lost.
      appendFileSync(logPath, `${JSON.stringify({ at: new Date().toISOString(), line: 'crashed', stack })}\n`, {
        mode: 0o600,
      });
    } catch {
      process.stderr.write(`${stack}\n`);
    }
    terminal.warn(words.crashed(logPath));
    if (labsOutlive()) terminal.warn(words.labsOutlive);
    process.exit(exitCode);
  });
}
