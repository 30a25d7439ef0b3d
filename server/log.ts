/**
 * The operator's log: one JSON object a line in `<data>/server.log`, the file before it in `server.log.1`.
 * Knows nothing about what is logged; a full disk never stops the server.
 */
import { createWriteStream, renameSync, statSync } from 'node:fs';

/** Takes lines. */
export interface ServerLog extends AsyncDisposable {
  readonly path: string;
  write(line: string, details?: Readonly<Record<string, unknown>>): void;
}

/** A larger file is put aside when the server starts, bytes. */
const maxBytes = 10 * 1024 * 1024;

/** Opens the log file at `path`. */
export function openLog(path: string, now: () => number): ServerLog {
  putAside(path);
  const stream = createWriteStream(path, { flags: 'a', mode: 0o600 });
  stream.on('error', () => {});
  return {
    path,
    write: (line, details = {}) => {
      stream.write(`${JSON.stringify({ at: new Date(now()).toISOString(), line, ...details })}\n`);
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        stream.once('close', () => resolve());
        stream.end();
      }),
  };
}

function putAside(path: string): void {
  try {
    if (statSync(path).size > maxBytes) renameSync(path, `${path}.1`);
  } catch {
    // There is none yet.
  }
}
