/**
 * Says the figures of a run: a table for people, one object for programs.
 */
import type { Locale } from '../../src/course/locales.ts';
import type { Machine } from '../machine.ts';
import { formatTable } from '../table.ts';
import type { FiguresByKind, GoalResult } from './goals.ts';
import { type Row, rows } from './rows.ts';
import type { KindName } from './servers/kinds.ts';

/** A run. */
export interface BenchResult {
  /** Of the shape of this object. */
  readonly version: 1;
  readonly isQuick: boolean;
  readonly machine: Machine;
  readonly servers: FiguresByKind;
  readonly goals: readonly GoalResult[];
  /** What could not be measured, and why. */
  readonly failures: readonly string[];
}

const words = {
  figure: { ko: '항목', en: 'Figure' },
  goals: { ko: '목표', en: 'Goals' },
  holds: { ko: '지킴', en: 'holds' },
  misses: { ko: '못 지킴', en: 'MISSED' },
  yes: { ko: '예', en: 'yes' },
  no: { ko: '아니요', en: 'no' },
} as const;

/** The table with the ratios of ours to the others, the goals, and what failed. */
export function formatReport({ servers, goals, failures }: BenchResult, lang: Locale): string {
  const kinds = Object.keys(servers) as KindName[];
  const others = kinds.filter((kind) => kind === 'naive' || kind === 'ttyd');
  const measured = rows.filter(({ key }) => kinds.some((kind) => servers[kind]?.[key] !== undefined));
  const head = [words.figure[lang], ...kinds, ...others.map((kind) => `/ ${kind}`)];
  const body = measured.map((row) => [
    row.label[lang],
    ...kinds.map((kind) => formatValue(servers[kind]?.[row.key], row, lang)),
    ...others.map((kind) => formatRatio(servers.tadak?.[row.key], servers[kind]?.[row.key])),
  ]);
  const judged = goals.map((goal) => formatGoal(goal, lang));
  return [...formatTable([head, ...body]), '', `${words.goals[lang]}:`, ...judged, ...failures, ''].join('\n');
}

function formatGoal({ key, goal, value, bound, holds }: GoalResult, lang: Locale): string {
  const row = rows.find((each) => each.key === key);
  const show = (each: number | boolean) => formatValue(each, row, lang);
  const verdict = (holds ? words.holds : words.misses)[lang];
  return `  ${verdict}: ${row?.label[lang] ?? key}: ${show(value)} (${goal[lang]}: ${show(bound)})`;
}

function formatValue(value: number | boolean | undefined, row: Row | undefined, lang: Locale): string {
  if (value === undefined) return '–';
  if (typeof value === 'boolean') return (value ? words.yes : words.no)[lang];
  return value.toFixed(row?.digits ?? 2);
}

function formatRatio(ours: number | boolean | undefined, theirs: number | boolean | undefined): string {
  if (typeof ours !== 'number' || typeof theirs !== 'number' || theirs <= 0) return '–';
  return (ours / theirs).toFixed(2);
}
