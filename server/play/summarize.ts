/**
 * Sums up what was played. Pure.
 */
import { findFlakes } from './flakes.ts';
import { hasFailed, type PlayedItem, type PlayedLesson, type PlayReport } from './report.ts';

/** Sums up. A play in which nothing could run is not `ok`, unless there was nothing that needs a lab. */
export function summarize(
  lessons: readonly PlayedLesson[],
  { lab, at, ms }: Pick<PlayReport, 'lab' | 'at' | 'ms'>,
): PlayReport {
  const counted = lessons.filter(({ isRepeated }) => !isRepeated);
  const items = counted.flatMap((lesson) => lesson.items);
  const count = (outcome: PlayedItem['outcome']) => items.filter((item) => item.outcome === outcome).length;
  const counts = { passed: count('passed'), failed: count('failed'), 'not-run': count('not-run') };
  const isLacking = items.some(({ missing = [] }) => missing.length > 0);
  const ok = !counted.some(hasFailed) && (counts.passed > 0 || !isLacking);
  return { ok, lab, at, ms, counts, flakes: findFlakes(lessons), lessons };
}
