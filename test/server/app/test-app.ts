/**
 * The application on the tiny course with real local labs and a real store, and everything it tells its pages.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../../server/app/app.ts';
import type { App } from '../../../server/app/context.ts';
import type { LabLimits } from '../../../server/app/lab-life.ts';
import { createPreparedProvider } from '../../../server/app/prepared-provider.ts';
import { loadCourse } from '../../../server/course/load.ts';
import { LabFolders } from '../../../server/data/lab-folders.ts';
import type { LabProvider } from '../../../server/lab/lab.ts';
import { createLocalProvider } from '../../../server/lab/local.ts';
import { openSqliteStore } from '../../../server/progress/sqlite.ts';
import { createSessionRegistry } from '../../../server/session/session-registry.ts';
import type { Capability } from '../../../src/course/capabilities.ts';
import type { LearnerId } from '../../../src/course/ids.ts';
import type { Course, Step } from '../../../src/course/model.ts';
import type { Fault } from '../../../src/faults.ts';
import type { LiveServerMessage } from '../../../src/protocol/live.ts';
import { openTestShelf } from '../../support/test-shelf.ts';

/** The tiny course's folder. */
export const tinyFolder = new URL('../../fixtures/courses/tiny', import.meta.url).pathname;

/** A running application and what tests look at. */
export interface TestApp extends AsyncDisposable {
  readonly app: App;
  readonly course: Course;
  readonly folder: string;
  readonly labFolders: LabFolders;
  readonly told: readonly { readonly learner: LearnerId; readonly message: LiveServerMessage }[];
  readonly lines: readonly string[];
  newLearner(): LearnerId;
}

/** What a test may want to be different. */
export interface TestAppOptions {
  readonly maxLabs?: number;
  readonly shortage?: () => Fault | undefined;
  readonly limits?: LabLimits;
  readonly now?: () => number;
  readonly capabilities?: readonly Capability[];
  readonly changeCourse?: (course: Course) => Course;
  readonly maxCheckpoints?: number;
  readonly keepsLabs?: boolean;
  readonly watchLinkMs?: number;
  /** The folder of an earlier one, whose labs still run. */
  readonly folder?: string;
  /** `folder` is the test's own. */
  readonly wrapProvider?: (provider: LabProvider, folder: string) => LabProvider;
}

const never = Number.POSITIVE_INFINITY;
/** Labs live until they are ended. */
const noLimits: LabLimits = { unused: never, left: never, old: never, warning: 0, extension: 0 };

/** Starts an application. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { limits = noLimits, now = Date.now } = options;
  const { maxCheckpoints = 5, keepsLabs = false, watchLinkMs } = options;
  const { maxLabs = 4, capabilities = [], changeCourse = (course) => course, wrapProvider = (same) => same } = options;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'tadak-app-'));
  const { course: loaded } = await loadCourse(tinyFolder);
  if (!loaded) throw new Error('the tiny course does not load');
  const course = changeCourse(loaded);
  const store = openSqliteStore(join(folder, 'progress.db'));
  const sessions = createSessionRegistry();
  const recordings = openTestShelf(folder, now);
  const local = createLocalProvider({ production: false, folder: join(folder, 'labs'), capabilities });
  const provider = wrapProvider(local, folder);
  const told: { learner: LearnerId; message: LiveServerMessage }[] = [];
  const lines: string[] = [];
  const labFolders = new LabFolders(join(folder, 'known'), (line) => void lines.push(line));
  const app = createApp({
    ...{ labFolders, keepsLabs: () => keepsLabs, ...(watchLinkMs !== undefined && { watchLinkMs }) },
    ...{ course, store, sessions, recordings, maxLabs, maxCheckpoints, limits, server: 'test', now },
    ...(options.shortage && { shortage: options.shortage }),
    prepared: createPreparedProvider(provider, new AbortController().signal),
    publish: (learner, message) => void told.push({ learner, message }),
    log: (line, details) => void lines.push(`${line} ${JSON.stringify(details)}`),
  });
  return {
    ...{ app, course, folder, labFolders, told, lines },
    newLearner: () => store.createLearner(Date.now()).learner,
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      await sessions[Symbol.asyncDispose]();
      await recordings[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
      await labFolders[Symbol.asyncDispose]();
      store[Symbol.dispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Polls until `look` gives something; says what was seen last when it never does. */
export async function eventually<T>(look: () => T | undefined, seen: () => unknown, withinMs = 10_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const value = look();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error(`never happened; last seen: ${JSON.stringify(seen(), null, 1)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Starts a learner's lab and waits until it is ready. */
export async function readyLab(world: TestApp, learner: LearnerId) {
  world.app.desk.start(learner);
  return eventually(
    () => world.app.desk.find(learner),
    () => world.app.desk.view(learner),
  );
}

/** The course with one step changed. */
export const changeTinyStep = (id: string, change: Partial<Step>) => (course: Course) => ({
  ...course,
  chapters: course.chapters.map((chapter) => ({
    ...chapter,
    lessons: chapter.lessons.map((one) => ({
      ...one,
      steps: one.steps.map((step) => (step.id === id ? { ...step, ...change } : step)),
    })),
  })),
});
