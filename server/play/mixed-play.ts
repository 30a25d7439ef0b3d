/**
 * How a play is shared between two kinds of labs: the quick kind plays what it can, the whole machine the rest, and at
 * least one step of every lesson; of a lesson that begins with a broken network all of them, since a container's cards are not
 * a machine's. Knows nothing about what the kinds are, nor when something is played.
 */
import type { Lesson } from '../../src/course/model.ts';
import type { PlannedPlay } from './plan-play.ts';
import type { PlayedItem, PlayedLesson } from './report.ts';

const isLacking = ({ outcome, missing = [] }: PlayedItem) => outcome === 'not-run' && missing.length > 0;
const hasPassed = ({ outcome }: PlayedItem) => outcome === 'passed';

/** What the whole machine still has to play, told by each result as it comes. */
export class MixedPlay<Plan extends PlannedPlay> {
  /** By lesson: the plan of its first play, how many plays of it are not over yet, and whether the machine showed something. */
  readonly #lessons = new Map<string, { readonly first: Plan; pending: number; isShown: boolean }>();
  /** Items that the machine plays, or played. */
  readonly #given = new Set<string>();

  /** `plans` are what the quick kind plays. */
  constructor(plans: readonly Plan[]) {
    for (const plan of plans) {
      const known = this.#lessons.get(plan.lesson.id);
      if (known) known.pending += 1;
      else this.#lessons.set(plan.lesson.id, { first: plan, pending: 1, isShown: false });
    }
  }

  /** The same is played once more, because it failed. */
  expect({ lesson }: Plan): void {
    const about = this.#lessons.get(lesson.id);
    if (about) about.pending += 1;
  }

  /** What the machine plays after the quick kind played `plan`: what that lacked. */
  afterQuick(plan: Plan, { items }: PlayedLesson): readonly Plan[] {
    const only = items
      .filter(isLacking)
      .map(({ id }) => id)
      .filter((id) => !this.#given.has(place(plan, id)));
    for (const id of only) this.#given.add(place(plan, id));
    return this.#after(plan, only.length === 0 ? [] : [{ ...plan, only }]);
  }

  /** What the machine plays after it played `plan`. */
  afterWhole(plan: Plan, { items }: PlayedLesson): readonly Plan[] {
    const about = this.#lessons.get(plan.lesson.id);
    if (about && items.some(hasPassed)) about.isShown = true;
    return this.#after(plan, []);
  }

  /** When all of a lesson is over and nothing of it passed on the machine: one step of it, the first, which needs no others, or all. */
  #after({ lesson }: Plan, rest: readonly Plan[]): readonly Plan[] {
    const about = this.#lessons.get(lesson.id);
    if (!about) return rest;
    about.pending += rest.length - 1;
    const only = sampleSteps(lesson);
    if (about.pending > 0 || about.isShown || only.length === 0) return rest;
    about.isShown = true;
    return [...rest, { ...about.first, depth: 'walk', only }];
  }
}

const place = ({ lesson, locale, round }: PlannedPlay, item: string) => [lesson.id, locale, round, item].join(' ');

function sampleSteps({ start, steps }: Lesson): readonly string[] {
  const ids = steps.filter(({ check, ask }) => check !== undefined || ask.length > 0).map(({ id }) => id);
  return start === 'two-gw' ? ids : ids.slice(0, 1);
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
