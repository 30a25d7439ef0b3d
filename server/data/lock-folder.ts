/**
 * One server per data folder. A lock whose server is gone (crash, power cut) is taken over.
 * Knows nothing about what is in the folder.
 */
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../../src/faults.ts';
import { isServerAlive } from './server-identity.ts';

/** Tries before giving up; more than one only when several servers start at the same moment. */
const maxTries = 5;

/** Locks `folder`, making it if need be. Throws Fault `data-locked`. Disposing gives the lock back. */
export function lockFolder(folder: string, identity: string): Disposable {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'lock');
  const mine = join(folder, `.lock-${identity}`);
  try {
    writeFileSync(mine, identity, { mode: 0o600 });
    for (let tries = 0; tries < maxTries; tries += 1) {
      if (tryLink(mine, path)) return { [Symbol.dispose]: () => release(path, identity) };
      takeAwayStale(folder, `${mine}.stale`);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  throw new Fault('data-locked', { path: folder, pid: '?' });
}

/** A link is made or not, whatever happens at the same time: it never holds half a name. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw thrown;
  }
}

function takeAwayStale(folder: string, aside: string): void {
  const path = join(folder, 'lock');
  const holder = readHolder(path);
  if (holder === undefined) return;
  if (isServerAlive(holder)) throw new Fault('data-locked', { path: folder, pid: holder.split('-')[0] ?? holder });
  try {
    renameSync(path, aside);
  } catch {
    return; // Somebody else took it away first.
  }
  // Between reading and renaming another server may have put its own lock there: that one goes back.
  const moved = readHolder(aside);
  if (moved !== undefined && moved !== holder) tryLink(aside, path);
  rmSync(aside, { force: true });
}

function readHolder(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function release(path: string, identity: string): void {
  if (readHolder(path) === identity) rmSync(path, { force: true });
}
