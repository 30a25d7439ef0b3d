/**
 * Says the figures of a run: a table for people, one object for programs.
 */
import type { Locale } from '../../src/course/locales.ts';
import type { Figures } from '../figures.ts';
import type { Machine } from '../machine.ts';
import { formatTable } from '../table.ts';
import type { GoalResult } from './goals.ts';
import type { BenchOptions } from './options.ts';
import { rows } from './rows.ts';

/** A run. */
export interface BenchResult {
  /** Of the shape of this object. */
  readonly version: 1;
  readonly kind: BenchOptions['kind'];
  readonly isQuick: boolean;
  readonly machine: Machine & {
    /** Processes that wanted to run, averaged over the minute before the run. */
    readonly load: number;
  };
  readonly figures: Figures;
  readonly goals: readonly GoalResult[];
  /** What was measured otherwise than asked, or not at all, and why. */
  readonly notes: readonly string[];
}

const words = {
  figure: { ko: '항목', en: 'Figure' },
  value: { ko: '값', en: 'Value' },
  goals: { ko: '목표', en: 'Goals' },
  met: { ko: '지킴', en: 'met' },
  missed: { ko: '못 지킴', en: 'MISSED' },
  atMost: { ko: '이하', en: 'at most' },
} as const;

/** The table, the goals, and what should be known about them. */
export function formatReport({ kind, figures, goals, notes }: BenchResult, lang: Locale): string {
  const measured = rows.filter(({ key }) => figures[key] !== undefined);
  const body = measured.map(({ key, label, digits }) => [label[lang], Number(figures[key]).toFixed(digits)]);
  const table = formatTable([[`${words.figure[lang]} (${kind})`, words.value[lang]], ...body]);
  return [...table, '', `${words.goals[lang]}:`, ...goals.map((goal) => formatGoal(goal, lang)), ...notes, ''].join(
    '\n',
  );
}

function formatGoal({ key, value, bound, holds, boundedBy }: GoalResult, lang: Locale): string {
  const label = rows.find((row) => row.key === key)?.label[lang] ?? key;
  const limit = lang === 'ko' ? `${bound} ${words.atMost.ko}` : `${words.atMost.en} ${bound}`;
  const verdict = (holds ? words.met : words.missed)[lang];
  return `  ${verdict}: ${label}: ${value.toFixed(0)} (${limit})${holds ? '' : `; ${boundedBy[lang]}`}`;
}
