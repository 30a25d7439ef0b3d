/**
 * Starts sessions that print, with their pages in a process of their own, so that only the server's part of
 * the load is felt by what is measured beside it.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { MeasuredServer } from '../servers/kinds.ts';

/** Starts so many printing sessions; they print when this resolves. Disposing ends their pages. */
export async function startLoad({ kind, port }: MeasuredServer, sessions: number): Promise<AsyncDisposable> {
  if (sessions === 0) return { [Symbol.asyncDispose]: async () => {} };
  const child = fork(new URL('printing-pages.ts', import.meta.url), [kind, String(port), String(sessions)]);
  const exited = once(child, 'exit');
  const failed = exited.then(([code]) => Promise.reject(new Error(`the load's pages ended with ${code}`)));
  await Promise.race([once(child, 'message'), failed]);
  failed.catch(() => {}); // Its end is expected from now on.
  return {
    [Symbol.asyncDispose]: async () => {
      child.disconnect();
      await exited;
    },
  };
}
