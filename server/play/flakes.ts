/**
 * What passed in some rounds of a repeated play and not in others. Pure.
 */
import type { Flake, PlayedLesson } from './report.ts';

/** Finds them; what failed every time is broken, not flaky. */
export function findFlakes(lessons: readonly PlayedLesson[]): readonly Flake[] {
  const runs = lessons.flatMap(({ lesson, locale, lab, items }) =>
    items
      .filter(({ outcome }) => outcome !== 'not-run')
      .map(({ id, outcome }) => ({ lesson, item: id, locale, lab, isFailed: outcome === 'failed' })),
  );
  const byItem = Object.groupBy(runs, ({ lesson, item, locale, lab }) => [lesson, item, locale, lab].join(' '));
  return Object.values(byItem).flatMap((same = []) => {
    const [first] = same;
    const failed = same.filter(({ isFailed }) => isFailed).length;
    if (!first || failed === 0 || failed === same.length) return [];
    const { isFailed: _, ...about } = first;
    return [{ ...about, failed, rounds: same.length }];
  });
}
