/** A disk so small that a test can fill it. */
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Only root may mount the small disk that is filled here; CI is root. */
export const mayMount: boolean = process.getuid?.() === 0;

/** A folder on a disk of its own, which is gone with it. */
export interface SmallDisk extends AsyncDisposable {
  readonly path: string;
  /** Gives it another size. */
  resize(megabytes: number): void;
}

/** Mounts one of so many megabytes, at a folder of its own or at the one that is named. */
export async function smallDisk(megabytes: number, at?: string): Promise<SmallDisk> {
  const path = at ?? (await mkdtemp(join(tmpdir(), 'tadak-small-')));
  await mkdir(path, { recursive: true, mode: 0o700 });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]);
  return {
    path,
    resize: (size) => void execFileSync('mount', ['-o', `remount,size=${size}m`, path]),
    [Symbol.asyncDispose]: async () => {
      execFileSync('umount', ['-l', path]);
      await rm(path, { recursive: true });
    },
  };
}
