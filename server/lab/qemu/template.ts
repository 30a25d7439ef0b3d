/**
 * The warm template: a guest booted once, brought to where every lab shall begin, and frozen. Labs continue from it within
 * a second, sharing its memory. A template is named after everything that shaped it, so a wrong one is never used.
 * Knows nothing about labs.
 */
import { createHash } from 'node:crypto';
import { access, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '../../../src/faults.ts';
import { requireDiskSpace } from '../../host/disk-space.ts';
import { withLock } from '../../host/folder-lock.ts';
import { findProcessesByArgument, killProcess } from '../../host/processes.ts';
import type { LabImage } from '../guest/image.ts';
import type { Waiting } from '../lab.ts';
import { freezeTemplate, type TemplateOptions, templateMachine } from './freeze-template.ts';
import { machineShape } from './machine.ts';

/** A frozen guest. */
export interface Template {
  readonly id: string;
  readonly ram: string;
  readonly disk: string;
  readonly state: string;
  readonly image: LabImage;
}

/** The last file to be written: without it a template is not whole. */
const doneName = 'template.json';
/** Disk overlay and state; the RAM file comes on top. */
const needBesideRamMb = 600;

/** The template, made first if need be. Throws a Fault. */
export async function prepareTemplate(options: TemplateOptions, waiting: Waiting): Promise<Template> {
  const templates = join(options.cacheFolder, 'templates');
  const id = nameTemplate(options);
  const template = describeTemplate(join(templates, id), id, options.image);
  if (await isWhole(templates, id)) return template;
  await mkdir(templates, { recursive: true, mode: 0o700 });
  return withLock(join(templates, '.lock'), waiting.signal, async () => {
    if (await isWhole(templates, id)) return template;
    await requireDiskSpace(templates, options.shape.memoryMb + needBesideRamMb);
    await makeTemplate(join(templates, id), options, waiting);
    return template;
  });
}

/** Removes the templates that are not in `keep`. A running lab goes on: it holds its files open. */
export async function removeOldTemplates(cacheFolder: string, keep: ReadonlySet<string>): Promise<void> {
  const templates = join(cacheFolder, 'templates');
  for (const name of await readdir(templates).catch(() => [])) {
    if (!name.startsWith('.') && !keep.has(name)) await rm(join(templates, name), { recursive: true, force: true });
  }
}

/** The template's name: changes with everything that shapes it. */
export function nameTemplate({
  image,
  qemuVersion,
  shape,
  addresses,
  allowInternet,
}: Pick<TemplateOptions, 'image' | 'qemuVersion' | 'shape' | 'addresses' | 'allowInternet'>): string {
  const parts = [
    image.id,
    image.disk,
    qemuVersion,
    machineShape(shape, allowInternet),
    addresses.subnet,
    addresses['host-only-subnet'],
  ];
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);
}

function describeTemplate(folder: string, id: string, image: LabImage): Template {
  return { id, image, ram: join(folder, 'ram'), disk: join(folder, 'disk.qcow2'), state: join(folder, 'state') };
}

async function isWhole(templates: string, id: string): Promise<boolean> {
  return access(join(templates, id, doneName)).then(
    () => true,
    () => false,
  );
}

async function makeTemplate(folder: string, options: TemplateOptions, waiting: Waiting): Promise<void> {
  const partial = join(dirname(folder), '.partial');
  // A server that was killed while it made a template left the machine running.
  for (const left of findProcessesByArgument(`guest=${templateMachine(partial)}`)) await killProcess(left);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { mode: 0o700 });
  try {
    const startedAt = performance.now();
    const timings = await freezeTemplate({ ...options, folder: partial }, waiting);
    for (const name of ['ram', 'disk.qcow2', 'state']) await flush(join(partial, name));
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    await writeFile(
      join(partial, doneName),
      JSON.stringify({ format: 1, image: options.image.id, seconds, ...timings }),
    );
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
    options.log('lab template frozen', { seconds, ...timings });
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error instanceof Fault || waiting.signal.aborted
      ? error
      : new Fault('lab-start-failed', { detail: String(error) }, { cause: error });
  }
}

/** What a crash of the host could still lose must not be there when the last file is. */
async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.datasync().finally(() => file.close());
}
