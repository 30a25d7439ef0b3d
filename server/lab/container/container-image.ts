/**
 * The guest's root file system as an image in the engine's store: made once from the disk of the virtual machine's image, with
 * what only a container needs laid over it. Knows nothing about running labs.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Fault } from '../../../src/faults.ts';
import { requireDiskSpace } from '../../host/disk-space.ts';
import { withLock } from '../../host/folder-lock.ts';
import { programPath } from '../../host/programs.ts';
import type { LabImage } from '../guest/image.ts';
import type { Waiting } from '../lab.ts';
import { type DiskFile, dumpTree, listAttributes, listTree } from './disk-tree.ts';
import type { Engine } from './engine.ts';
import { buildHeader, buildTextEntry, padding, type TarEntry, tarEnd } from './tar.ts';

/** Programs of ours in the lab, by path in the lab. */
const guestPrograms = {
  'usr/lib/tadak/container-start': 'start',
  'usr/lib/tadak/container-wire': 'wire',
  'usr/lib/tadak/container-ready': 'ready',
} as const;
/** The first program of a lab. */
export const startProgram = '/usr/lib/tadak/container-start';
/** Plugs the lab's network cards in. */
export const wireProgram = '/usr/lib/tadak/container-wire';
/** Waits until a lesson can begin. */
export const readyProgram = '/usr/lib/tadak/container-ready';

/** Units for hardware or doors that a container does not have. */
const maskedUnits = [
  'systemd-remount-fs.service',
  'systemd-udevd.service',
  'systemd-udevd-control.socket',
  'systemd-udevd-kernel.socket',
  'systemd-udev-trigger.service',
  'systemd-modules-load.service',
  'console-getty.service',
  'qemu-guest-agent.service',
  'tadak-console.service',
];
/** Parts of the disk that are for a kernel of its own. */
const leftOut = /^(?:lost\+found|usr\/lib\/modules)(?:\/|$)/;
/** Disk, tree, archive and store side by side for a while, MB. */
const needMb = 3_500;
const repository = 'localhost/tadak-lab';
const guestFolder = fileURLToPath(new URL('guest', import.meta.url));
const run = promisify(execFile);

const labels = {
  unpack: { ko: '실습 이미지의 파일을 꺼내는 중', en: 'Taking the files out of the lab image' },
  import: { ko: '컨테이너 이미지로 만드는 중', en: 'Making them a container image' },
} as const;

/** What the image is made of and where. */
export interface ContainerImageOptions {
  readonly engine: Engine;
  readonly image: LabImage;
  readonly storeFolder: string;
}

/** The image's name, made first if need be. Throws a Fault. */
export async function prepareContainerImage(options: ContainerImageOptions, waiting: Waiting): Promise<string> {
  const { engine, image, storeFolder } = options;
  const programs = await loadPrograms();
  const name = `${repository}:${hash([image.id, JSON.stringify([programs, maskedUnits, String(leftOut)])])}`;
  return withLock(join(storeFolder, '.lock'), waiting.signal, async () => {
    const { exitCode } = await engine.run(['image', 'inspect', '--format', '{{.Id}}', name], waiting);
    if (exitCode === 0) return name;
    await requireDiskSpace(storeFolder, needMb);
    await makeImage(options, name, programs, waiting);
    return name;
  });
}

/** Removes our images other than `keep` that no container uses. */
export async function removeOldContainerImages(engine: Engine, keep: string, signal: AbortSignal): Promise<void> {
  const { stdout } = await engine.run(['images', '--format', '{{.Repository}}:{{.Tag}}'], { signal });
  const old = stdout.split('\n').filter((name) => name.startsWith(`${repository}:`) && name !== keep);
  for (const name of old) await engine.run(['rmi', name], { signal });
}

interface GuestProgram {
  readonly path: string;
  readonly content: string;
}

function loadPrograms(): Promise<GuestProgram[]> {
  return Promise.all(
    Object.entries(guestPrograms).map(async ([path, file]) => ({
      path,
      content: await readFile(join(guestFolder, file), 'utf8'),
    })),
  );
}

async function makeImage(
  { engine, image, storeFolder }: ContainerImageOptions,
  name: string,
  programs: readonly GuestProgram[],
  { signal, onProgress }: Waiting,
): Promise<void> {
  const work = join(storeFolder, '.partial');
  await rm(work, { recursive: true, force: true });
  await mkdir(join(work, 'tree'), { recursive: true, mode: 0o700 });
  try {
    onProgress({ label: labels.unpack, fraction: 0 });
    const disk = join(work, 'disk.raw');
    await run('qemu-img', ['convert', '-O', 'raw', image.disk, disk], { env: { PATH: programPath }, signal });
    await dumpTree(disk, join(work, 'tree'), signal);
    const files = (await listTree(disk, signal)).filter(({ path }) => !leftOut.test(path));
    if (!files.some(({ path }) => path === 'usr/bin/bash')) throw new Fault('lab-no-image', { detail: image.disk });
    const attributes = await listAttributes(
      disk,
      files.filter(isProgram).map(({ inode }) => inode),
      signal,
    );
    await rm(disk);
    const report = (fraction: number) => onProgress({ label: labels.import, fraction: 0.4 + 0.6 * fraction });
    const archive = packTree({ tree: join(work, 'tree'), files, attributes, programs, report });
    await importArchive(engine, archive, name, signal);
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof Fault) throw thrown;
    throw new Fault('lab-no-image', { detail: String(thrown).split('\n')[0] ?? '' }, { cause: thrown });
  } finally {
    await removeTree(work);
  }
}

/** Only programs carry extended attributes that matter: the rights of `ping`. */
function isProgram({ kind, mode, path }: DiskFile): boolean {
  return kind === 'file' && (mode & 0o111) !== 0 && /^usr\/s?bin\//.test(path);
}

interface Pack {
  readonly tree: string;
  readonly files: readonly DiskFile[];
  readonly attributes: ReadonlyMap<number, Readonly<Record<string, Uint8Array>>>;
  readonly programs: readonly GuestProgram[];
  readonly report: (fraction: number) => void;
}

/** The archive, piece by piece: the tree with the file system's own owners and modes, but for what is laid over it. */
async function* packTree({ tree, files, attributes, programs, report }: Pack): AsyncGenerator<Buffer> {
  const over = buildOverlay(programs);
  for (const [index, file] of files.entries()) {
    if (index % 500 === 0) report(index / files.length);
    if (!over.has(file.path)) yield* packFile(join(tree, file.path), file, attributes.get(file.inode));
  }
  yield* over.values();
  yield tarEnd;
}

/** What a container has instead of, or besides, the virtual machine's files: ready parts of an archive by path. */
function buildOverlay(programs: readonly GuestProgram[]): ReadonlyMap<string, Buffer> {
  const masks = maskedUnits.map((unit): [string, Buffer] => {
    const path = `etc/systemd/system/${unit}`;
    const entry = { uid: 0, gid: 0, mtime: 0, mode: 0o777, target: '/dev/null' } as const;
    return [path, buildHeader({ ...entry, kind: 'symlink', path })];
  });
  return new Map([
    ...programs.map(({ path, content }): [string, Buffer] => [path, buildTextEntry({ path, content, mode: 0o755 })]),
    ['etc/fstab', buildTextEntry({ path: 'etc/fstab', content: '', mode: 0o644 })],
    ...masks,
  ]);
}

async function* packFile(
  source: string,
  { path, kind, mode, uid, gid }: DiskFile,
  attributes: Readonly<Record<string, Uint8Array>> | undefined,
): AsyncGenerator<Buffer> {
  const { mtimeMs, size } = await lstat(source);
  const entry: TarEntry = { path, kind, mode, uid, gid, mtime: mtimeMs / 1000, ...(attributes && { attributes }) };
  if (kind === 'symlink') yield buildHeader({ ...entry, target: await readlink(source) });
  else if (kind === 'directory') yield buildHeader(entry);
  else {
    yield buildHeader({ ...entry, size });
    yield* createReadStream(source);
    yield padding(size);
  }
}

async function importArchive(
  engine: Engine,
  archive: AsyncIterable<Buffer>,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  const child = engine.start(['import', '-', name]);
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString('utf8')).slice(-2048);
  });
  child.stdout?.resume();
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (child.stdin === null) throw new Fault('internal');
  const [sent, exit] = await Promise.allSettled([pipeline(Readable.from(archive), child.stdin, { signal }), ended]);
  if (exit.status === 'rejected') throw exit.reason;
  if (exit.value !== 0) throw new Fault('lab-no-image', { detail: complaint.trim().split('\n').at(-1) ?? '' });
  if (sent.status === 'rejected') throw sent.reason;
}

/** A tree may hold folders that even their owner must not enter. */
async function removeTree(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true }).catch(async () => {
    await run('chmod', ['-R', 'u+rwX', folder], { env: { PATH: programPath } }).catch(() => undefined);
    await rm(folder, { recursive: true, force: true });
  });
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}
