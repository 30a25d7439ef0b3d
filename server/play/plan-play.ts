/**
 * Which lessons are played, in which languages and how deeply. Pure.
 *
 * A lesson's scripts have no language, so the first language proves everything (`full`) and each further one what a
 * learner does with its page (`walk`), on a lab of its own.
 */
import { type Locale, locales } from '../../src/course/locales.ts';
import { type Course, findLesson, findStep, type Lesson, lessonsOf } from '../../src/course/model.ts';
import { Fault } from '../../src/faults.ts';
import type { Depth } from './report.ts';

/** What is wanted. */
export interface PlayWish {
  /** `lesson` or `lesson/step`; none means the whole course. */
  readonly names: readonly string[];
  /** One language, or all of them. */
  readonly locale?: Locale;
  /** Only what a learner does, in every language. */
  readonly walk?: boolean;
  /** Only these lessons, by id. */
  readonly only?: ReadonlySet<string>;
}
/** One lesson in one language. */
export interface PlannedPlay {
  readonly lesson: Lesson;
  readonly locale: Locale;
  readonly depth: Depth;
  /** Only these steps and questions, by id; all others are brought to their end by their model solutions. */
  readonly only?: readonly string[];
  /** Which time it is that the same is played, from 1; absent when it is played once. */
  readonly round?: number;
  /** It is played once more because it failed. */
  readonly isRepeat?: true;
}

/** Makes the plan. Throws Fault `not-found` for a name that the course does not have. */
export function planPlay(course: Course, { names, locale, walk, only }: PlayWish): readonly PlannedPlay[] {
  const chosen = names.length === 0 ? lessonsOf(course).map((lesson) => ({ lesson })) : names.map(find(course));
  const spoken: readonly Locale[] = locale === undefined ? locales : [locale];
  return chosen
    .filter(({ lesson }) => only?.has(lesson.id) ?? true)
    .flatMap((one) =>
      spoken.map((each, index) => ({ ...one, locale: each, depth: walk || index > 0 ? ('walk' as const) : 'full' })),
    );
}

const find =
  (course: Course) =>
  (name: string): { readonly lesson: Lesson; readonly only?: readonly string[] } => {
    const [lessonId = '', stepId, ...rest] = name.split('/');
    const lesson = findLesson(course, lessonId);
    if (!lesson || rest.length > 0) {
      const known = lessonsOf(course).map(({ id }) => id);
      throw new Fault('not-found', { what: `${name} (${known.join(', ')})` });
    }
    if (stepId === undefined) return { lesson };
    if (findStep(lesson, stepId)) return { lesson, only: [stepId] };
    throw new Fault('not-found', { what: `${name} (${lesson.steps.map(({ id }) => id).join(', ')})` });
  };
