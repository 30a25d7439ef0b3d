/**
 * Room on this host's disks. Knows nothing about what takes it.
 */
import { statfs } from 'node:fs/promises';
import { Fault } from '../../src/faults.ts';

/** Throws a Fault when the disk that holds `path` has less than `needMb` left. */
export async function requireDiskSpace(path: string, needMb: number): Promise<void> {
  const { bavail, bsize } = await statfs(path);
  const freeMb = Math.floor((bavail * bsize) / 2 ** 20);
  if (freeMb < needMb) throw new Fault('lab-disk-full', { path, freeMb, needMb });
}
