/**
 * What is measured: real labs of one kind in a data folder of their own, with the images and templates of the project.
 */
import { realpathSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../../server/config.ts';
import { loadCourse } from '../../server/course/load.ts';
import type { Lab, LabOwner, LabProvider, LabSpec } from '../../server/lab/lab.ts';
import { loadRunFolders } from '../../server/lab/run-folder.ts';
import type { LearnerId } from '../../src/course/ids.ts';
import type { Course } from '../../src/course/model.ts';
import type { BenchOptions } from './options.ts';

/** Where and with what is measured. */
export interface World extends AsyncDisposable {
  readonly options: BenchOptions;
  readonly course: Course;
  readonly spec: LabSpec;
  readonly owner: LabOwner;
  /** Images and templates. */
  readonly cacheFolder: string;
  /** Running labs. */
  readonly dataFolder: string;
  readonly signal: AbortSignal;
  readonly engineEnvironment: WorldOptions['engineEnvironment'];
  readonly buildEnvironment: WorldOptions['buildEnvironment'];
  readonly findBrowser: WorldOptions['findBrowser'];
  /** A provider of its own for each metric, prepared; with images and templates in another folder, when one is named. */
  openProvider(images?: string): Promise<LabProvider>;
  /** The folders and command lines of a lab's processes bear these. */
  marksOf(lab: Lab): Promise<{ readonly folder: string; readonly marks: readonly string[] }>;
  /** Something that readers of the figures should know. */
  note(sentence: string): void;
}

/** What the world is told. */
export interface WorldOptions {
  readonly options: BenchOptions;
  readonly engineEnvironment: Readonly<Record<string, string>>;
  readonly buildEnvironment: Readonly<Record<string, string>>;
  /** The path of Chromium; throws where there is none. */
  readonly findBrowser: () => string;
  readonly signal: AbortSignal;
  readonly note: (sentence: string) => void;
}

/** Opens it; disposing removes its folder. */
export async function openWorld({ options, signal, note, findBrowser, ...environments }: WorldOptions): Promise<World> {
  const { course } = await loadCourse(join(projectFolder, 'content/docker'));
  if (course === undefined) throw new Error('the course has errors: npm run lint:course');
  await mkdir(join(projectFolder, '.tadak'), { recursive: true });
  // A template is tied to its path, links and all.
  const cacheFolder = realpathSync(join(projectFolder, '.tadak'));
  const dataFolder = await mkdtemp(join(tmpdir(), 'tadak-bench-'));
  const runFolder = options.kind === 'container' ? join(dataFolder, 'container') : dataFolder;
  return {
    ...{ options, course, cacheFolder, dataFolder, signal, note, findBrowser, ...environments },
    spec: { start: 'none', addresses: course.addresses },
    owner: { learner: 'bench' as LearnerId, server: `bench-${process.pid}` },
    openProvider: async (images = cacheFolder) => {
      const provider = await makeProvider(options.kind, { cacheFolder: images, dataFolder, ...environments });
      await provider.prepare({ signal, onProgress: () => {} });
      return provider;
    },
    marksOf: async ({ id }) => {
      const found = (await loadRunFolders(runFolder)).find(({ record }) => record?.id === id);
      if (found?.record === undefined) throw new Error(`no folder of lab ${id}`);
      return { folder: found.path, marks: [id, found.record.sockets] };
    },
    [Symbol.asyncDispose]: () => rm(dataFolder, { recursive: true, force: true }),
  };
}

async function makeProvider(
  kind: BenchOptions['kind'],
  folders: Pick<World, 'cacheFolder' | 'dataFolder'> & Pick<WorldOptions, 'engineEnvironment' | 'buildEnvironment'>,
): Promise<LabProvider> {
  const shared = { ...folders, labFolder: join(projectFolder, 'lab'), log: () => {} };
  if (kind === 'container') {
    const { createContainerProvider } = await import('../../server/lab/container/index.ts');
    return createContainerProvider({ ...shared, isShared: false });
  }
  const { createQemuProvider } = await import('../../server/lab/qemu/index.ts');
  return createQemuProvider({ ...shared, allowInternet: false });
}
