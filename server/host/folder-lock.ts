/**
 * A lock between processes: a file that names its holder. A holder that has died holds nothing.
 * Knows nothing about what is protected.
 */
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { identifyProcess, isRunning } from './processes.ts';

const holderSchema = z.object({ pid: z.number().int().positive(), birth: z.string() });
const retryMs = 300;
/** A lock file without a readable holder is being written; older than this, its writer died. */
const writingMs = 5_000;

/** Runs the task while holding the lock; waits for it as long as the signal allows. */
export async function withLock<T>(path: string, signal: AbortSignal, task: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  while (!(await take(path))) await delay(retryMs, undefined, { signal });
  try {
    return await task();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(identifyProcess(process.pid)), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    if (await isAbandoned(path)) await rm(path, { force: true });
    return false;
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    const holder = holderSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return holder.success && !isRunning(holder.data);
  } catch {
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    return age > writingMs;
  }
}
