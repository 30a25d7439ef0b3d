/**
 * One kind of lab that lessons are played on: prepared, its results told to the author as they come. Knows nothing about which
 * lessons are played, and on what else.
 */
import { join } from 'node:path';
import type { Course } from '../../src/course/model.ts';
import { chooseProvider } from '../choose-provider.ts';
import type { Config } from '../config.ts';
import { isServerAlive, serverIdentity } from '../data/server-identity.ts';
import type { LabKind, LabProvider } from '../lab/lab.ts';
import { type LessonPlan, type PlaySurroundings, playLesson } from '../play/play-lesson.ts';
import { hasFailed, type PlayedLesson } from '../play/report.ts';
import type { PlayFlags } from './play-flags.ts';
import { itemLines, lessonLines } from './play-lines.ts';
import type { Terminal } from './terminal.ts';
import { words } from './words.ts';

/** What is played, and how. */
export interface PlayInput {
  readonly config: Config;
  readonly terminal: Terminal;
  readonly flags: PlayFlags;
  readonly plans: readonly LessonPlan[];
  readonly signal: AbortSignal;
  /** Steps that were played, on whatever kind. */
  readonly tally: { done: number; readonly all: number };
}
/** A kind of lab. */
export interface Stage extends AsyncDisposable {
  readonly kind: LabKind;
  /** Builds what its labs are made from, with progress. Throws a Fault where this kind cannot be had. */
  prepare(): Promise<void>;
  /** Plays a lesson and says what became of it. A first failure is marked as repeated where `--again` was asked for. */
  play(plan: LessonPlan): Promise<PlayedLesson>;
}

/** How long terminals, prompts and states may take: machines emulate their CPU, a shell of this computer does not. */
const patience: Readonly<Record<LabKind, PlaySurroundings['patience']>> = {
  qemu: { openMs: 240_000, promptMs: 240_000, settleMs: 20_000, slack: 6 },
  ssh: { openMs: 60_000, promptMs: 120_000, settleMs: 20_000, slack: 1 },
  container: { openMs: 60_000, promptMs: 120_000, settleMs: 20_000, slack: 1 },
  local: { openMs: 30_000, promptMs: 15_000, settleMs: 2_000, slack: 1 },
};

/** Makes it; labs that an earlier play left are ended first. */
export async function openStage(asked: Config['lab']['kind'], course: Course, input: PlayInput): Promise<Stage> {
  const { config, flags, signal, terminal } = input;
  const server = serverIdentity() ?? `${process.pid}-0`;
  // A folder of its own: the course may be running at the same time.
  const data = join(config.data, 'play', asked);
  const own = { ...config, lab: { kind: asked } as Config['lab'], data, cache: config.cache ?? config.data };
  const quietly = { course, keepsLabs: () => false, log: () => {} };
  const { provider } = await chooseProvider(own, quietly);
  const around = surroundings(course, { ...input, provider, server });
  return {
    kind: provider.kind,
    prepare: async () => {
      await provider.sweep((owner) => owner.server === server || isServerAlive(owner.server));
      await provider.prepare({ signal, onProgress: terminal.showProgress });
    },
    play: async (plan) => {
      const result = await playLesson(plan, around);
      const isAgain = flags.again && !plan.isRepeat && hasFailed(result);
      const played = isAgain ? { ...result, isRepeated: true as const } : result;
      for (const line of lessonLines(played)) {
        if (hasFailed(played)) terminal.warn(line);
        else terminal.say(line);
      }
      if (isAgain) terminal.warn(words.playingAgain(plan.lesson.id));
      return played;
    },
    [Symbol.asyncDispose]: () => provider[Symbol.asyncDispose](),
  };
}

function surroundings(
  course: Course,
  input: Omit<PlayInput, 'flags' | 'plans'> & { readonly provider: LabProvider; readonly server: string },
): PlaySurroundings {
  const { config, terminal, tally, signal, provider, server } = input;
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
      terminal.showProgress({ label: { ko: label, en: label }, fraction: tally.done / tally.all });
    },
    onItem: (plan, item) => {
      // What this kind lacks is played on another, or not at all.
      if (item.kind === 'step' && item.outcome !== 'not-run') tally.done = Math.min(tally.all, tally.done + 1);
      for (const line of itemLines(plan, item)) terminal.say(line);
    },
  };
}
