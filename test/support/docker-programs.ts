/**
 * Docker's programs for a test, without installing Docker on this machine: taken out of the lab's own image, into a folder that a search
 * path can begin with.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { prepareImage } from '../../server/lab/guest/image.ts';
import { cacheFolder } from './vm-cache.ts';

const run = promisify(execFile);
const labFolder = new URL('../../lab', import.meta.url).pathname;
const programs = ['docker', 'dockerd', 'runc', 'containerd', 'containerd-shim-runc-v2'];

/** The folder; its programs are taken out once per image. */
export async function takeDockerPrograms(): Promise<string> {
  const { signal } = new AbortController();
  const image = await prepareImage({ cacheFolder, labFolder }, { signal, onProgress: () => {} });
  const folder = join(cacheFolder, 'test-docker', image.id);
  const isThere = await run(join(folder, 'docker'), ['--version']).then(
    () => true,
    () => false,
  );
  if (isThere) return folder;
  const work = `${folder}.partial`;
  for (const old of [work, folder]) await rm(old, { recursive: true, force: true });
  await mkdir(work, { recursive: true });
  const disk = join(work, 'disk.raw');
  await run('qemu-img', ['convert', '-O', 'raw', image.disk, disk]);
  for (const program of programs) {
    const file = join(work, program);
    await run('debugfs', ['-R', `dump /usr/bin/${program} ${file}`, disk]);
    await chmod(file, 0o755);
  }
  await rm(disk);
  await rename(work, folder);
  return folder;
}
