/**
 * The NoCloud seed: what cloud-init finds in a cloud image that boots for the first time. It lays the lab's parts in and
 * starts the installation, nothing else. Knows nothing about QEMU or what the parts do.
 */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Fault } from '../../../src/faults.ts';
import type { PackageManager } from './definitions.ts';

/** What the seed is made from. */
export interface SeedOptions {
  /** The recipes. */
  readonly labFolder: string;
  readonly packageManager: PackageManager | 'unknown';
  /** A name that no boot before had: cloud-init does its work once for each. */
  readonly instance: string;
}

/** One file that is laid into the guest. */
export interface SeedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly isProgram: boolean;
}

/** Where the parts lie in the guest until they are installed. */
const guestFolder = '/var/lib/tadak-install';
const unit = ['systemd-run', '--no-block', '--collect', '--unit=tadak-install'];

/** Writes the seed's two files into a folder. */
export async function writeSeed(folder: string, options: SeedOptions): Promise<void> {
  const files = await collectFiles(options.labFolder);
  await mkdir(folder, { mode: 0o700 });
  await writeFile(join(folder, 'meta-data'), JSON.stringify({ 'instance-id': options.instance }));
  await writeFile(join(folder, 'user-data'), buildUserData(files, options.packageManager));
}

/** cloud-init's own way to lay files in and to run a command at the end. JSON is YAML, and has no surprises. */
export function buildUserData(files: readonly SeedFile[], packageManager: PackageManager | 'unknown'): string {
  const data = {
    ssh_pwauth: false,
    write_files: files.map(({ path, bytes, isProgram }) => ({
      path: join(guestFolder, path),
      encoding: 'b64',
      content: Buffer.from(bytes).toString('base64'),
      permissions: isProgram ? '0755' : '0644',
    })),
    runcmd: [[...unit, '/bin/bash', join(guestFolder, 'install'), packageManager]],
  };
  return `#cloud-config\n${JSON.stringify(data, undefined, 1)}\n`;
}

/** Everything that shapes an installation: the folder `cloud`, and of the built image what `guest-files.txt` names. */
export async function collectFiles(labFolder: string): Promise<readonly SeedFile[]> {
  const cloud = join(labFolder, 'cloud');
  const own = (await readdir(cloud, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => relative(cloud, join(entry.parentPath, entry.name)))
    .filter((path) => !/^(images\.json|guest-files\.txt)$|\.md$/.test(path));
  const shared = (await readFile(join(cloud, 'guest-files.txt'), 'utf8')).split('\n');
  const sources = [
    ...own.map((path) => ({ path, from: join(cloud, path) })),
    ...shared
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((path) => ({ path: join('guest', path), from: join(labFolder, 'guest', path) })),
    { path: 'images/build.py', from: join(labFolder, 'images/build.py') },
  ];
  const files = await Promise.all(sources.map(({ path, from }) => readSeedFile(path, from)));
  return files.sort((left, right) => (left.path < right.path ? -1 : 1));
}

async function readSeedFile(path: string, from: string): Promise<SeedFile> {
  try {
    const [bytes, { mode }] = await Promise.all([readFile(from), stat(from)]);
    return { path, bytes, isProgram: (mode & 0o100) !== 0 };
  } catch (cause) {
    throw new Fault('lab-no-image', { detail: from }, { cause });
  }
}
