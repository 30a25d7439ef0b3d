/**
 * `tadak play`: proves lessons on fresh labs, shows how far it is, and tells what is wrong.
 */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Course } from '../../src/course/model.ts';
import { toFault } from '../../src/faults.ts';
import { chooseProvider } from '../choose-provider.ts';
import { type Config, projectFolder } from '../config.ts';
import { loadCheckedCourse } from '../course-report.ts';
import { isServerAlive, serverIdentity } from '../data/server-identity.ts';
import { hashRecipe } from '../lab/guest/image.ts';
import type { LabKind, LabProvider } from '../lab/lab.ts';
import { findChangedLessons } from '../play/changed-lessons.ts';
import { joinPlays, planRest, planSamples } from '../play/mixed-play.ts';
import { type PlannedPlay, planPlay } from '../play/plan-play.ts';
import { playAll } from '../play/play-course.ts';
import { type LessonPlan, type PlaySurroundings, playLesson } from '../play/play-lesson.ts';
import { recordPlay } from '../play/record-play.ts';
import { hasFailed, type PlayedLesson, type PlayReport } from '../play/report.ts';
import { summarize } from '../play/summarize.ts';
import { type PlayFlags, readPlayFlags } from './play-flags.ts';
import { itemLines, lessonLines, reportLine } from './play-lines.ts';
import { listenForSignals } from './signals.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import type { VerbOptions } from './verb-options.ts';
import { words } from './words.ts';

/** How long terminals, prompts and states may take: machines emulate their CPU, a shell of this computer does not. */
const patience: Readonly<Record<LabKind, PlaySurroundings['patience']>> = {
  qemu: { openMs: 240_000, promptMs: 240_000, settleMs: 20_000, slack: 6 },
  ssh: { openMs: 60_000, promptMs: 120_000, settleMs: 20_000, slack: 1 },
  container: { openMs: 60_000, promptMs: 120_000, settleMs: 20_000, slack: 1 },
  local: { openMs: 30_000, promptMs: 15_000, settleMs: 2_000, slack: 1 },
};

/** Plays. Resolves with 0 when everything that could be played passed, 1 otherwise, 130 when it was given up. */
export async function runPlay(config: Config, screen: Terminal, options: VerbOptions): Promise<number> {
  const flags = readPlayFlags(options.flags);
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

async function readPlans(
  course: Course,
  config: Config,
  { flags, names }: { readonly flags: PlayFlags; readonly names: readonly string[] },
): Promise<readonly LessonPlan[]> {
  const { changed, locale, walk, repeat } = flags;
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
  const once = await Promise.all(planned.map(read));
  if (repeat === 1) return once;
  return Array.from({ length: repeat }, (_, index) => once.map((plan) => ({ ...plan, round: index + 1 }))).flat();
}

interface PlayInput {
  readonly config: Config;
  readonly terminal: Terminal;
  readonly flags: PlayFlags;
  readonly plans: readonly LessonPlan[];
  readonly signal: AbortSignal;
}

async function play(course: Course, input: PlayInput): Promise<PlayReport> {
  const { flags, terminal } = input;
  const at = new Date().toISOString();
  const began = Date.now();
  const lessons = flags.mixed ? await playMixed(course, input) : await playOn(input.config.lab.kind, course, input);
  terminal.endProgress();
  const kinds = new Set(lessons.map(({ lab }) => lab));
  return summarize(lessons, { lab: [...kinds].join('+'), at, ms: Date.now() - began });
}

/** Containers first, the whole machine for what they lack. Where containers cannot be had the machine plays all of it. */
async function playMixed(course: Course, input: PlayInput): Promise<readonly PlayedLesson[]> {
  const { plans, terminal } = input;
  let quick: readonly PlayedLesson[];
  try {
    quick = await playOn('container', course, input);
  } catch (thrown) {
    input.signal.throwIfAborted();
    terminal.warn(words.noContainers(toFault(thrown).sentence));
    return playOn('qemu', course, input);
  }
  const rest = await playOn('qemu', course, { ...input, plans: planRest(plans, quick) });
  const samples = await playOn('qemu', course, { ...input, plans: planSamples(plans, rest) });
  return joinPlays(quick, [...rest, ...samples]);
}

async function playOn(
  kind: Config['lab']['kind'],
  course: Course,
  { config, terminal, flags, plans, signal }: PlayInput,
): Promise<readonly PlayedLesson[]> {
  if (plans.length === 0) return [];
  const server = serverIdentity() ?? `${process.pid}-0`;
  // A folder of its own: the course may be running at the same time.
  const data = join(config.data, 'play', kind);
  const own = { ...config, lab: { kind } as Config['lab'], data, cache: config.cache ?? config.data };
  const quietly = { addresses: course.addresses, keepsLabs: () => false, log: () => {} };
  const { provider } = await chooseProvider(own, quietly);
  await using _provider = provider;
  await provider.sweep((owner) => owner.server === server || isServerAlive(owner.server));
  await provider.prepare({ signal, onProgress: terminal.showProgress });
  terminal.endProgress();
  const jobs = flags.jobs ?? defaultJobs(provider);
  terminal.say(words.playing(plans.length, Math.min(jobs, plans.length), provider.kind));
  const around = surroundings(course, { config, terminal, plans, signal, provider, server });
  // Awaited here: the provider ends with this function.
  const play = (plan: LessonPlan) => playAndTell(plan, around, terminal);
  const played = await playAll(plans, jobs, play);
  const failed = flags.again ? plans.filter((_, index) => hasFailed(played[index] as PlayedLesson)) : [];
  if (failed.length === 0) return played;
  terminal.warn(words.playingAgain(failed.map(({ lesson }) => lesson.id)));
  const again = await playAll(
    failed.map((plan) => ({ ...plan, isRepeat: true as const })),
    jobs,
    play,
  );
  return [...played.map((one) => (hasFailed(one) ? { ...one, isRepeated: true as const } : one)), ...again];
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
  const all = plans.reduce((sum, { lesson, only }) => sum + (only ?? lesson.steps).length, 0);
  let done = 0;
  return {
    ...{ course, provider, server, signal, now: Date.now, patience: patience[provider.kind] },
    transcriptOf: ({ lesson, locale, only = [], round, isRepeat }) => {
      const name = [
        lesson.id,
        ...only.slice(0, 1),
        locale,
        provider.kind,
        ...(round === undefined ? [] : [round]),
        ...(isRepeat ? ['again'] : []),
      ];
      return join(config.data, 'play', `${name.join('.')}.txt`);
    },
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
