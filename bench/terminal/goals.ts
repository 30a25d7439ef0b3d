/**
 * What our terminal must reach, as ratios to the others of the same run where they are what counts.
 */
import type { Localized } from '../../src/course/locales.ts';
import type { Figures } from '../figures.ts';
import type { KindName } from './servers/kinds.ts';

/** All figures of a run. */
export type FiguresByKind = Readonly<Partial<Record<KindName, Figures>>>;

/** Whether a goal holds. */
export interface GoalResult {
  /** The key of the figure. */
  readonly key: string;
  readonly goal: Localized;
  readonly value: number | boolean;
  readonly bound: number | boolean;
  readonly holds: boolean;
}

interface Goal {
  readonly key: string;
  readonly goal: Localized;
  /** The bound in this run; undefined when what it is compared with was not measured. */
  readonly bound: (figures: FiguresByKind) => number | boolean | undefined;
  readonly isLeast?: boolean;
}

/** Judges our figures; goals whose figures were not measured are left out. */
export function judge(figures: FiguresByKind): readonly GoalResult[] {
  return goals.flatMap(({ key, goal, bound: boundOf, isLeast = false }) => {
    const [value, bound] = [figures.tadak?.[key], boundOf(figures)];
    if (value === undefined || bound === undefined) return [];
    return { key, goal, value, bound, holds: isWithin(value, bound, isLeast) };
  });
}

function isWithin(value: number | boolean, bound: number | boolean, isLeast: boolean): boolean {
  if (typeof value !== 'number' || typeof bound !== 'number') return value === bound;
  return isLeast ? value >= bound : value <= bound;
}

const timesNaive = (key: string, factor: number): Goal => ({
  key,
  goal: { ko: `단순한 서버의 ${factor}배 이하`, en: `at most ${factor} × the naive server` },
  bound: ({ naive }) => scale(naive?.[key], factor),
});

const atMost = (key: string, bound: number): Goal => ({
  key,
  goal: { ko: `${bound} 이하`, en: `at most ${bound}` },
  bound: () => bound,
});

const isTrue = (key: string): Goal => ({ key, goal: { ko: '예', en: 'yes' }, bound: () => true });

function scale(value: number | boolean | undefined, factor: number): number | undefined {
  return typeof value === 'number' ? value * factor : undefined;
}

const echoLoads = ['', 'With10', 'With50'] as const;

const goals: readonly Goal[] = [
  timesNaive('connectP50Ms', 1.2),
  ...echoLoads.flatMap((load) => [timesNaive(`echo${load}P50Ms`, 1), timesNaive(`echo${load}P95Ms`, 1.1)]),
  {
    key: 'throughputMbPerSecond',
    goal: {
      ko: 'ttyd의 1.15배(없으면 단순한 서버의 1.4배) 이상',
      en: 'at least 1.15 × ttyd (else 1.4 × the naive server)',
    },
    bound: ({ ttyd, naive }) =>
      scale(ttyd?.['throughputMbPerSecond'], 1.15) ?? scale(naive?.['throughputMbPerSecond'], 1.4),
    isLeast: true,
  },
  {
    key: 'throughputCpuSeconds',
    goal: { ko: 'ttyd 이하', en: 'at most ttyd' },
    bound: ({ ttyd }) => ttyd?.['throughputCpuSeconds'],
  },
  atMost('slowUnrenderedMb', 0.5),
  atMost('slowPromptMs', 100),
  ...[10, 60].flatMap((seconds) => [
    atMost(`stalled${seconds}sGrowthMb`, 5),
    isTrue(`stalled${seconds}sSessionKept`),
    atMost(`stalled${seconds}sLinesWrong`, 0),
  ]),
  atMost('memoryPerSessionAt200Kb', 50),
  isTrue('cutSessionKept'),
  ...['cutLinesMissing', 'cutLinesRepeated', 'burstLinesMissing', 'burstLinesRepeated'].map((key) => atMost(key, 0)),
  isTrue('pasteWhole'),
  isTrue('slowLinkWhole'),
];
