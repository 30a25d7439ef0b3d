/**
 * `tadak play`: proves lessons on fresh labs, shows how far it is, and tells what is wrong.
 */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isLocale, locales } from '../../src/course/locales.ts';
import type { Course } from '../../src/course/model.ts';
import { Fault } from '../../src/faults.ts';
import { chooseProvider } from '../choose-provider.ts';
import { type Config, type Flags, projectFolder } from '../config.ts';
import { loadCheckedCourse } from '../course-report.ts';
import { isServerAlive, serverIdentity } from '../data/server-identity.ts';
import { hashRecipe } from '../lab/guest/image.ts';
import type { LabKind, LabProvider } from '../lab/lab.ts';
import { findChangedLessons } from '../play/changed-lessons.ts';
import { type PlannedPlay, planPlay } from '../play/plan-play.ts';
import { playAll } from '../play/play-course.ts';
import { type LessonPlan, type PlaySurroundings, playLesson } from '../play/play-lesson.ts';
import { recordPlay } from '../play/record-play.ts';
import { hasFailed, type PlayedLesson, type PlayReport, summarize } from '../play/report.ts';
import { itemLines, lessonLines, reportLine } from './play-lines.ts';
import { listenForSignals } from './signals.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import type { VerbOptions } from './verb-options.ts';
import { words } from './words.ts';

/** What is asked of this play alone. */
interface PlayFlags {
  readonly locale?: 'ko' | 'en';
  readonly jobs?: number;
  readonly changed?: string;
  readonly walk: boolean;
  readonly record: boolean;
}

/** How long terminals, prompts and states may take: machines emulate their CPU, a shell of this computer does not. */
const patience: Readonly<Record<LabKind, PlaySurroundings['patience']>> = {
  qemu: { openMs: 240_000, promptMs: 240_000, settleMs: 20_000, slack: 6 },
  ssh: { openMs: 60_000, promptMs: 120_000, settleMs: 20_000, slack: 1 },
  container: { openMs: 60_000, promptMs: 120_000, settleMs: 20_000, slack: 1 },
  local: { openMs: 30_000, promptMs: 15_000, settleMs: 2_000, slack: 1 },
};

/** Plays. Resolves with 0 when everything that could be played passed, 1 otherwise, 130 when it was given up. */
export async function runPlay(config: Config, screen: Terminal, options: VerbOptions): Promise<number> {
  const flags = readFlags(options.flags);
  const terminal = options.json
    ? createTerminal(screen.lang, { out: process.stderr, error: process.stderr, now: Date.now })
    : screen;
  const { kind } = config.lab;
  if (kind === 'ssh') {
    terminal.warn(words.noFreshLab(kind));
    return 1;
  }
  const course = await loadCheckedCourse(config.course, terminal);
  const plans = await readPlans(course, config, { flags, names: options.names });
  if (plans.length === 0) {
    terminal.say(words.nothingChanged(flags.changed ?? ''));
    return 0;
  }
  const { signal } = listenForSignals();
  try {
    const report = await play(course, { config, terminal, flags, plans, signal });
    if (flags.record) {
      const recipe = await hashRecipe(join(projectFolder, 'lab'));
      const recorded = await recordPlay(report, { course, courseFolder: config.course, recipe });
      terminal.say(words.recorded(recorded));
    }
    if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    for (const line of reportLine(report)) terminal.say(line);
    return report.ok ? 0 : 1;
  } catch (thrown) {
    terminal.endProgress();
    if (!signal.aborted) throw thrown;
    terminal.warn(words.gaveUp);
    return 130;
  }
}

function readFlags({ locale, jobs, changed, walk, record }: Flags): PlayFlags {
  if (locale !== undefined && !isLocale(locale)) throw invalid('--locale', locale, locales.join(' | '));
  if (jobs !== undefined && !/^[1-9]\d?$/.test(String(jobs))) throw invalid('--jobs', jobs, '1–99');
  return {
    ...(locale !== undefined && { locale }),
    ...(jobs !== undefined && { jobs: Number(jobs) }),
    ...(typeof changed === 'string' && { changed }),
    walk: walk === true,
    record: record === true,
  };
}

const invalid = (name: string, value: unknown, expected: string) =>
  new Fault('config-invalid', { name, value: String(value), expected });

async function readPlans(
  course: Course,
  config: Config,
  { flags, names }: { readonly flags: PlayFlags; readonly names: readonly string[] },
): Promise<readonly LessonPlan[]> {
  const { changed, locale, walk } = flags;
  const labFolder = join(projectFolder, 'lab');
  const only =
    changed === undefined
      ? undefined
      : await findChangedLessons({ course, courseFolder: config.course, labFolder, since: changed });
  const planned = planPlay(course, { names, walk, ...(locale && { locale }), ...(only && { only }) });
  const read = async (plan: PlannedPlay) => ({
    ...plan,
    text: await readFile(join(config.course, plan.lesson.folder, `${plan.locale}.mdx`), 'utf8'),
  });
  return Promise.all(planned.map(read));
}

interface PlayInput {
  readonly config: Config;
  readonly terminal: Terminal;
  readonly flags: PlayFlags;
  readonly plans: readonly LessonPlan[];
  readonly signal: AbortSignal;
}

async function play(course: Course, { config, terminal, flags, plans, signal }: PlayInput): Promise<PlayReport> {
  const at = new Date().toISOString();
  const began = Date.now();
  const server = serverIdentity() ?? `${process.pid}-0`;
  // A folder of its own: the course may be running at the same time.
  const data = join(config.data, 'play', config.lab.kind);
  const own = { ...config, data, cache: config.cache ?? config.data };
  const { provider } = await chooseProvider(own, { addresses: course.addresses, log: () => {} });
  await using _provider = provider;
  await provider.sweep((owner) => owner.server === server || isServerAlive(owner.server));
  await provider.prepare({ signal, onProgress: terminal.showProgress });
  terminal.endProgress();
  const jobs = flags.jobs ?? defaultJobs(provider);
  terminal.say(words.playing(plans.length, Math.min(jobs, plans.length)));
  const around = surroundings(course, { config, terminal, plans, signal, provider, server });
  const lessons = await playAll(plans, jobs, (plan) => playAndTell(plan, around, terminal));
  terminal.endProgress();
  return summarize(lessons, { lab: provider.kind, at, ms: Date.now() - began });
}

/** An emulated machine fills about two CPUs when it works; local labs share this computer and would see each other. */
function defaultJobs({ kind }: LabProvider): number {
  if (kind === 'local') return 1;
  return kind === 'qemu' ? Math.max(1, Math.floor(availableParallelism() / 2)) : availableParallelism();
}

async function playAndTell(plan: LessonPlan, around: PlaySurroundings, terminal: Terminal): Promise<PlayedLesson> {
  const played = await playLesson(plan, around);
  for (const line of lessonLines(played)) {
    if (hasFailed(played)) terminal.warn(line);
    else terminal.say(line);
  }
  return played;
}

function surroundings(
  course: Course,
  input: Omit<PlayInput, 'flags'> & { readonly provider: LabProvider; readonly server: string },
): PlaySurroundings {
  const { config, terminal, plans, signal, provider, server } = input;
  const all = plans.reduce((sum, { lesson, onlyStep }) => sum + (onlyStep ? 1 : lesson.steps.length), 0);
  let done = 0;
  return {
    ...{ course, provider, server, signal, now: Date.now, patience: patience[provider.kind] },
    transcriptOf: ({ lesson, locale, onlyStep }) =>
      join(config.data, 'play', `${[lesson.id, ...(onlyStep ? [onlyStep] : []), locale].join('.')}.txt`),
    onPhase: ({ lesson, locale }, item, phase) => {
      // On a terminal the bar tells; elsewhere a line for each of hundreds of parts would bury the results.
      if (!process.stdout.isTTY) return;
      const label = `${lesson.id}/${item} (${locale}) ${phase}`;
      terminal.showProgress({ label: { ko: label, en: label }, fraction: done / Math.max(1, all) });
    },
    onItem: (plan, item) => {
      if (item.kind === 'step') done += 1;
      for (const line of itemLines(plan, item)) terminal.say(line);
    },
  };
}
