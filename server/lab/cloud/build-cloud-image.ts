/**
 * `tadak lab build --from`: a distribution's cloud image becomes an image folder of ours, like the one that is built from
 * the recipe. Knows nothing about labs.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, lstat, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Fault } from '../../../src/faults.ts';
import { requireDiskSpace } from '../../host/disk-space.ts';
import { withLock } from '../../host/folder-lock.ts';
import { findProcessesByArgument, killProcess } from '../../host/processes.ts';
import { programPath } from '../../host/programs.ts';
import { type LabImage, loadImage } from '../guest/image.ts';
import type { Waiting } from '../lab.ts';
import { closeFolders, confine, letIn, makeFileFor, takeBack } from '../qemu/confinement.ts';
import type { CloudSource } from './definitions.ts';
import { type CloudImage, fetchCloudImage } from './image-store.ts';
import { installIntoImage } from './install.ts';
import { buildManifest, parseFacts } from './manifest.ts';
import { collectFiles, writeSeed } from './seed.ts';

/** How a build is done. */
export interface CloudBuildOptions {
  readonly source: CloudSource;
  readonly cacheFolder: string;
  readonly labFolder: string;
  /** The QEMU program. */
  readonly program: string;
  /** Whether hardware virtualisation is tried first; where it runs no guest the machine is emulated. */
  readonly mayUseKvm: boolean;
  /** Asks the distribution for a newer image. */
  readonly isRefresh?: boolean;
  /** Installs anew, although the image that is there is the same. */
  readonly isForced?: boolean;
  readonly minutes?: number;
}

/** What came of it. */
export interface CloudBuild {
  readonly folder: string;
  readonly image: LabImage;
  /** It was there already, made from the same image by the same recipe. */
  readonly isOld: boolean;
}

/** Without hardware virtualisation the packages alone take half an hour. */
const defaultMinutes = 90;
/** What the guest's disk grows by, and the packed result. */
const needMb = 6_000;
/** The disk as the guest sees it; sparse, so that room which nobody uses costs nothing. */
const diskGib = 10;
const shares = { fetched: 0.3, installed: 0.9 } as const;
const run = promisify(execFile);

/** Builds the image folder `cloud/<name>`. Throws a Fault; a folder that was there before stays as it was. */
export async function buildCloudImage(options: CloudBuildOptions, waiting: Waiting): Promise<CloudBuild> {
  const { source, cacheFolder } = options;
  const fetched = await fetchCloudImage(
    source,
    { cacheFolder, isRefresh: options.isRefresh === true },
    part(waiting, 0, shares.fetched),
  );
  const folder = join(cacheFolder, 'cloud', source.name);
  const recipe = await nameRecipe(options.labFolder, fetched);
  return withLock(`${folder}.lock`, waiting.signal, async () => {
    const old = options.isForced ? undefined : await findOld(folder, recipe);
    if (old !== undefined) return { folder, image: old, isOld: true };
    await requireDiskSpace(join(cacheFolder, 'cloud'), needMb);
    await build({ options, fetched, folder, recipe }, waiting);
    return { folder, image: await loadImage(folder), isOld: false };
  });
}

/** Changes with the image and with everything that is done to it. */
async function nameRecipe(labFolder: string, { checksum }: CloudImage): Promise<string> {
  const hash = createHash('sha256').update(`${checksum.hex}\n`);
  for (const { path, bytes, isProgram } of await collectFiles(labFolder)) {
    hash.update(`${path} ${isProgram} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex').slice(0, 16);
}

async function findOld(folder: string, recipe: string): Promise<LabImage | undefined> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => '{}');
  const manifest = JSON.parse(text) as { readonly recipe?: unknown };
  return manifest.recipe === recipe ? loadImage(folder) : undefined;
}

interface Build {
  readonly options: CloudBuildOptions;
  readonly fetched: CloudImage;
  readonly folder: string;
  readonly recipe: string;
}

async function build(made: Build, waiting: Waiting): Promise<void> {
  const { options, folder, fetched } = made;
  const partial = `${folder}.partial`;
  const machineName = `tadak-cloud ${partial}`;
  // A build that was killed left its machine running.
  for (const left of findProcessesByArgument(`guest=${machineName}`)) await killProcess(left);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { mode: 0o700 });
  try {
    await writeSeed(join(partial, 'seed'), {
      labFolder: options.labFolder,
      packageManager: options.source.packageManager,
      instance: `tadak-${made.recipe}`,
    });
    await createDisk(join(partial, 'work.qcow2'), fetched);
    await install(made, { partial, machineName }, part(waiting, shares.fetched, shares.installed));
    await pack(made, { partial, machineName }, part(waiting, shares.installed, 1));
    await publish(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

/** Never smaller than it was published. */
async function createDisk(path: string, { path: backing, virtualBytes }: CloudImage): Promise<void> {
  const bytes = Math.max(virtualBytes, diskGib * 2 ** 30);
  const args = ['create', '-q', '-f', 'qcow2', '-b', backing, '-F', 'qcow2', path, String(bytes)];
  await runOrFail('qemu-img', args, { what: 'qemu-img create' });
}

interface Place {
  readonly partial: string;
  readonly machineName: string;
}

async function install(
  { options, folder, fetched }: Build,
  { partial, machineName }: Place,
  waiting: Waiting,
): Promise<void> {
  const { program, mayUseKvm, source, minutes = defaultMinutes } = options;
  // Beside the folder: it is read when the folder has gone.
  const serial = `${folder}.log`;
  const files = {
    ...{ disk: join(partial, 'work.qcow2'), seed: join(partial, 'seed'), serial },
    ...{ progress: join(partial, 'progress'), export: join(partial, 'export.tar') },
  };
  const machine = { name: machineName, files };
  const qemuLog = join(partial, 'qemu.log');
  await installIntoImage(
    { program, machine, mayUseKvm, beneath: fetched.path, name: source.name, minutes, qemuLog },
    waiting,
  );
}

const packing = { ko: '디스크 이미지를 압축하는 중', en: 'Compressing the disk image' } as const;

async function pack(made: Build, place: Place, waiting: Waiting): Promise<void> {
  const { options, fetched, recipe, folder } = made;
  const { partial } = place;
  waiting.onProgress({ label: packing, fraction: 0 });
  const failed = (detail: string) =>
    new Fault('cloud-install-failed', { name: options.source.name, detail, log: `${folder}.log` });
  const archive = join(partial, 'export.tar');
  const tar = ['-xf', archive, '-C', partial, '--no-same-owner', 'vmlinuz', 'initrd', 'facts'];
  await run('tar', tar, { env: { PATH: programPath }, signal: waiting.signal }).catch(() => {
    throw failed('vmlinuz, initrd');
  });
  for (const name of ['vmlinuz', 'initrd', 'facts']) {
    if (!(await lstat(join(partial, name))).isFile()) throw failed(name);
  }
  await compress(made, place, waiting.signal);
  const facts = parseFacts(await readFile(join(partial, 'facts'), 'utf8'));
  const { size } = await stat(join(partial, 'disk.qcow2'));
  const { url } = options.source;
  const source = { url, [fetched.checksum.algorithm]: fetched.checksum.hex };
  const manifest = buildManifest({ recipe, source, facts, diskBytes: size, builtAt: new Date() });
  await copyFile(`${folder}.log`, join(partial, 'build.log'));
  for (const name of ['work.qcow2', 'seed', 'progress', 'export.tar', 'facts', 'qemu.log']) {
    await rm(join(partial, name), { recursive: true, force: true });
  }
  await writeFile(join(partial, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** The disk was the machine's, so its head may say that it lies upon anything: who reads it sees nothing but what the machine saw. */
async function compress({ fetched }: Build, { partial, machineName: name }: Place, signal: AbortSignal): Promise<void> {
  const disk = join(partial, 'disk.qcow2');
  const ours = [dirname(dirname(partial))];
  const needs = { name, folders: [partial], files: [fetched.path], ours, hasNetwork: false, hasKvm: false };
  await letIn(needs);
  await makeFileFor(disk, name);
  await closeFolders(needs);
  const convert = ['convert', '-q', '-O', 'qcow2', '-c', '-o', 'compression_type=zstd', '-m', '4', '-W'];
  const { file, args } = await confine(
    '/usr/bin/env',
    ['qemu-img', ...convert, join(partial, 'work.qcow2'), disk],
    needs,
  );
  await runOrFail(file, args, { what: 'qemu-img convert', signal });
  await takeBack(disk, 0o644);
  await takeBack(partial, 0o700);
}

async function publish(partial: string, folder: string): Promise<void> {
  await rm(`${folder}.old`, { recursive: true, force: true });
  await rename(folder, `${folder}.old`).catch(() => {}); // There was none.
  await rename(partial, folder);
  await rm(`${folder}.old`, { recursive: true, force: true });
  await rm(`${folder}.log`, { force: true });
}

async function runOrFail(
  program: string,
  args: readonly string[],
  { what, signal }: { readonly what: string; readonly signal?: AbortSignal },
): Promise<void> {
  const options = { env: { PATH: programPath }, ...(signal && { signal }) };
  await run(program, args, options).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw new Fault('lab-start-failed', { detail: what }, { cause });
  });
}

function part({ signal, onProgress }: Waiting, from: number, to: number): Waiting {
  return {
    signal,
    onProgress: ({ label, fraction }) => onProgress({ label, fraction: from + (to - from) * fraction }),
  };
}
