/**
 * The guest image: built once per recipe and kept, or given ready-made. Knows what the recipe's folder promises
 * (`build.sh OUTDIR`, its progress lines and manifest), not what is in the guest.
 */
import { createHash } from 'node:crypto';
import { access, constants, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../../src/faults.ts';
import { requireDiskSpace } from '../../host/disk-space.ts';
import { withLock } from '../../host/folder-lock.ts';
import type { Waiting } from '../lab.ts';
import { buildImage } from './build-image.ts';

/** A whole image on disk. */
export interface LabImage {
  /** Changes whenever the guest does. */
  readonly id: string;
  readonly disk: string;
  readonly kernel: string;
  readonly initrd: string;
  /** Kernel command line. */
  readonly append: string;
  /** Kernel command line of a machine with SELinux; absent in images that have no policy. */
  readonly appendSelinux?: string;
  /** Versions of what is in it, by name. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Where images come from and go to. */
export interface ImageOptions {
  readonly cacheFolder: string;
  /** The recipe. */
  readonly labFolder: string;
  /** A ready-made image to use instead of building one. */
  readonly imageFolder?: string;
  /** Environment for the recipe: proxy, mirror, TMPDIR. */
  readonly buildEnvironment?: Readonly<Record<string, string>>;
}

/** The image's share of the disk, that of the packages which are kept for the next one, and what building takes for a while. */
const needMb = { image: 900, packages: 300, building: 2_600 } as const;

/** Where the recipe works unless TMPDIR says otherwise. */
const defaultTemporaryFolder = '/var/tmp';

const manifestSchema = z.object({
  append: z.string(),
  appendSelinux: z.string().optional(),
  versions: z.record(z.string(), z.string()).default({}),
});

/** The image, built first if need be. Throws a Fault. */
export async function prepareImage(options: ImageOptions, waiting: Waiting): Promise<LabImage> {
  const folder = await imageFolderOf(options);
  if (options.imageFolder !== undefined) return loadGivenImage(folder);
  // So that a recipe that changed fetches only what is new.
  const environment = { TADAK_PACKAGES: join(options.cacheFolder, 'packages'), ...options.buildEnvironment };
  const images = join(options.cacheFolder, 'images');
  await mkdir(images, { recursive: true, mode: 0o700 });
  return withLock(join(images, '.lock'), waiting.signal, async () => {
    const ready = await loadImage(folder).catch(() => undefined);
    if (ready !== undefined) return ready;
    await requireDiskSpace(images, needMb.image + needMb.packages);
    await requireDiskSpace(options.buildEnvironment?.TMPDIR ?? defaultTemporaryFolder, needMb.building);
    await buildImage({ script: join(options.labFolder, 'build.sh'), folder, environment }, waiting);
    return loadImage(folder);
  });
}

/** Where the image is, or will be once it is built. */
export async function imageFolderOf({ cacheFolder, labFolder, imageFolder }: ImageOptions): Promise<string> {
  return imageFolder ?? join(cacheFolder, 'images', await hashRecipe(labFolder));
}

/** Removes the images that are not in `keep`, which are the folders' names. */
export async function removeOldImages(cacheFolder: string, keep: ReadonlySet<string>): Promise<void> {
  const images = join(cacheFolder, 'images');
  for (const name of await readdir(images).catch(() => [])) {
    if (!name.startsWith('.') && !keep.has(name)) await rm(join(images, name), { recursive: true, force: true });
  }
}

/** Reads an image's manifest. Throws a Fault when it is not a whole image. */
export async function loadImage(folder: string): Promise<LabImage> {
  try {
    const text = await readFile(join(folder, 'manifest.json'), 'utf8');
    const { append, appendSelinux, versions } = manifestSchema.parse(JSON.parse(text));
    const id = createHash('sha256').update(text).digest('hex').slice(0, 16);
    return {
      id,
      append,
      ...(appendSelinux !== undefined && { appendSelinux }),
      versions,
      disk: join(folder, 'disk.qcow2'),
      kernel: join(folder, 'vmlinuz'),
      initrd: join(folder, 'initrd'),
    };
  } catch (cause) {
    throw new Fault('lab-no-image', { detail: folder }, { cause });
  }
}

/** Reads an image that the operator named. Throws Fault `lab-image-wrong`, with the first file of it that cannot be read. */
export async function loadGivenImage(folder: string): Promise<LabImage> {
  const image = await loadImage(folder).catch((cause: unknown) => {
    throw new Fault('lab-image-wrong', { path: folder, missing: 'manifest.json' }, { cause });
  });
  for (const path of [image.disk, image.kernel, image.initrd]) {
    await access(path, constants.R_OK).catch((cause: unknown) => {
      throw new Fault('lab-image-wrong', { path: folder, missing: basename(path) }, { cause });
    });
  }
  return image;
}

/** A name for the recipe: changes with any of its files, their names or whether they can be executed. */
export async function hashRecipe(labFolder: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(labFolder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    throw new Fault('lab-no-image', { detail: labFolder }, { cause });
  });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.md'));
  const paths = files
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !isForClouds(labFolder, path));
  for (const path of paths.sort()) {
    const content = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    hash.update(`${relative(labFolder, path)} ${content}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** What is done to distributions' cloud images shapes no image that is built here. */
const isForClouds = (labFolder: string, path: string) => relative(labFolder, path).startsWith('cloud/');
