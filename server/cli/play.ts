/**
 * `tadak play`: proves lessons on fresh labs, shows how far it is, and tells what is wrong.
 */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Course } from '../../src/course/model.ts';
import { toFault } from '../../src/faults.ts';
import { type Config, projectFolder } from '../config.ts';
import { loadCheckedCourse } from '../course-report.ts';
import { hashRecipe } from '../lab/guest/image.ts';
import type { LabKind } from '../lab/lab.ts';
import { findChangedLessons } from '../play/changed-lessons.ts';
import { joinPlays, MixedPlay } from '../play/mixed-play.ts';
import { type PlannedPlay, planPlay } from '../play/plan-play.ts';
import { playAll, type QueuedPlay } from '../play/play-course.ts';
import type { LessonPlan } from '../play/play-lesson.ts';
import { recordPlay } from '../play/record-play.ts';
import type { PlayedLesson, PlayReport } from '../play/report.ts';
import { summarize } from '../play/summarize.ts';
import { type PlayFlags, readPlayFlags } from './play-flags.ts';
import { reportLine } from './play-lines.ts';
import { openStage, type PlayInput } from './play-stage.ts';
import { listenForSignals } from './signals.ts';
import { createTerminal, type Terminal } from './terminal.ts';
import type { VerbOptions } from './verb-options.ts';
import { words } from './words.ts';

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
    const all = plans.reduce((sum, { lesson, only }) => sum + (only ?? lesson.steps).length, 0);
    const tally = { done: 0, all: Math.max(1, all) };
    const report = await play(course, { config, terminal, flags, plans, signal, tally });
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

async function play(course: Course, input: PlayInput): Promise<PlayReport> {
  const { flags, terminal } = input;
  const at = new Date().toISOString();
  const began = Date.now();
  const lessons = flags.mixed ? await playMixed(course, input) : await playOn(input.config.lab.kind, course, input);
  terminal.endProgress();
  const kinds = new Set(lessons.map(({ lab }) => lab));
  return summarize(lessons, { lab: [...kinds].join('+'), at, ms: Date.now() - began });
}

async function playOn(
  asked: Config['lab']['kind'],
  course: Course,
  input: PlayInput,
): Promise<readonly PlayedLesson[]> {
  const { plans, flags, terminal } = input;
  await using stage = await openStage(asked, course, input);
  const { kind } = stage;
  await stage.prepare();
  terminal.endProgress();
  const jobs = flags.jobs ?? jobsOn(kind);
  terminal.say(words.playing(plans.length, Math.min(jobs, plans.length), kind));
  // Awaited here: the stage ends with this function.
  return await playAll(
    plans.map((plan) => ({ plan, kind })),
    { jobs, play: ({ plan }) => stage.play(plan), follow: (one, played) => repeats(one, played) },
  );
}

/**
 * Containers play what they can, beside them the whole machine what they lack, as soon as it shows. Where containers cannot be
 * had the machine plays all of it.
 */
async function playMixed(course: Course, input: PlayInput): Promise<readonly PlayedLesson[]> {
  const { plans, terminal, signal } = input;
  await using quick = await openStage('container', course, input);
  try {
    await quick.prepare();
  } catch (thrown) {
    signal.throwIfAborted();
    terminal.warn(words.noContainers(toFault(thrown).sentence));
    return playOn('qemu', course, input);
  }
  await using whole = await openStage('qemu', course, input);
  const ready = whole.prepare();
  ready.catch(() => {}); // Who waits for it is told.
  terminal.endProgress();
  const jobs = input.flags.jobs ?? availableParallelism();
  // Two emulated machines on two CPUs keep each other from working: each is slower by more than what is gained.
  const most = input.flags.jobs === undefined ? { qemu: jobsOn('qemu') } : {};
  terminal.say(words.playing(plans.length, Math.min(jobs, plans.length), 'container'));
  const mixed = new MixedPlay(plans);
  const played = await playAll<LessonPlan>(
    plans.map((plan) => ({ plan, kind: 'container' })),
    {
      ...{ jobs, most },
      play: async ({ plan, kind }) => {
        if (kind === 'container') return quick.play(plan);
        await ready;
        return whole.play(plan);
      },
      follow: (one, result) => {
        const again = repeats(one, result);
        for (const { plan } of again) mixed.expect(plan);
        const rest = one.kind === 'container' ? mixed.afterQuick(one.plan, result) : mixed.afterWhole(one.plan, result);
        return [...again, ...rest.map((plan) => ({ plan, kind: 'qemu' as const }))];
      },
    },
  );
  const isQuick = ({ lab }: PlayedLesson) => lab === 'container';
  return joinPlays(
    played.filter(isQuick),
    played.filter((one) => !isQuick(one)),
  );
}

/** An emulated machine fills about two CPUs when it works; local labs share this computer and would see each other. */
function jobsOn(kind: LabKind): number {
  if (kind === 'local') return 1;
  return kind === 'qemu' ? Math.max(1, Math.floor(availableParallelism() / 2)) : availableParallelism();
}

/** What failed once is played once more where that was asked for. */
function repeats(one: QueuedPlay<LessonPlan>, { isRepeated }: PlayedLesson): readonly QueuedPlay<LessonPlan>[] {
  return isRepeated ? [{ ...one, plan: { ...one.plan, isRepeat: true } }] : [];
}
