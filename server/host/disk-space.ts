/**
 * Room on this host's disks. Knows nothing about what takes it.
 */
import { statfsSync } from 'node:fs';
import { readdir, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '../../src/faults.ts';

const mb = 2 ** 20;
const blockBytes = 512;

/** Throws a Fault when the disk that holds `path` has less than `needMb` left. */
export async function requireDiskSpace(path: string, needMb: number): Promise<void> {
  const { bavail, bsize } = await statfs(path);
  const freeMb = Math.floor((bavail * bsize) / mb);
  if (freeMb < needMb) throw new Fault('lab-disk-full', { path, freeMb, needMb });
}

/** What the disk that holds `path` has left, MB; `undefined` when there is no such folder. */
export function freeDiskMb(path: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(path);
    return Math.floor((bavail * bsize) / mb);
  } catch {
    return undefined;
  }
}

/** What the files of a folder take on the disk, MB; those below other folders in it are not counted. */
export async function folderDiskMb(path: string): Promise<number> {
  const names = await readdir(path);
  // A file that has gone meanwhile takes nothing.
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(path, name)).then(
        ({ blocks }) => blocks * blockBytes,
        () => 0,
      ),
    ),
  );
  return Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / mb);
}
