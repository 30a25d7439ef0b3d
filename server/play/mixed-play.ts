/**
 * How a play is shared between two kinds of labs: the quick kind plays what it can, the whole machine the rest, and at
 * least one step of every lesson. Pure. Knows nothing about what the kinds are.
 */
import type { Lesson } from '../../src/course/model.ts';
import type { PlannedPlay } from './plan-play.ts';
import type { PlayedItem, PlayedLesson } from './report.ts';

const isLacking = ({ outcome, missing = [] }: PlayedItem) => outcome === 'not-run' && missing.length > 0;

/** What the quick kind lacked, for the whole machine: `played` are the results of `plans`, in their order. */
export function planRest<Plan extends PlannedPlay>(
  plans: readonly Plan[],
  played: readonly PlayedLesson[],
): readonly Plan[] {
  return plans.flatMap((plan, index) => {
    const only = played[index]?.items.filter(isLacking).map(({ id }) => id) ?? [];
    return only.length === 0 ? [] : [{ ...plan, only }];
  });
}

/** One step of each lesson of which nothing has passed on the whole machine yet: the first, which needs no others. */
export function planSamples<Plan extends PlannedPlay>(
  plans: readonly Plan[],
  whole: readonly PlayedLesson[],
): readonly Plan[] {
  const isShown = (id: string) =>
    whole.some(({ lesson, items }) => lesson === id && items.some(({ outcome }) => outcome === 'passed'));
  const firsts = [...new Map(plans.toReversed().map((plan) => [plan.lesson.id, plan])).values()].toReversed();
  return firsts
    .filter(({ lesson }) => !isShown(lesson.id))
    .flatMap((plan) => {
      const sample = sampleStep(plan.lesson);
      return sample === undefined ? [] : [{ ...plan, depth: 'walk' as const, only: [sample] }];
    });
}

function sampleStep({ steps }: Lesson): string | undefined {
  return steps.find(({ check, ask }) => check !== undefined || ask.length > 0)?.id;
}

/** All results, without what the quick kind could not run where the whole machine did. */
export function joinPlays(quick: readonly PlayedLesson[], whole: readonly PlayedLesson[]): readonly PlayedLesson[] {
  const done = (lesson: PlayedLesson) =>
    new Set(whole.filter((other) => isSame(other, lesson)).flatMap(({ items }) => items.map(({ id }) => id)));
  const kept = quick.map((lesson) => {
    const covered = done(lesson);
    return { ...lesson, items: lesson.items.filter((item) => !isLacking(item) || !covered.has(item.id)) };
  });
  return [...kept, ...whole];
}

const isSame = (left: PlayedLesson, right: PlayedLesson) =>
  left.lesson === right.lesson && left.locale === right.locale && left.round === right.round;
