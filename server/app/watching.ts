/**
 * Which lesson each learner is looking at: what the page that spoke last shows, as long as it is open.
 * Knows nothing about sockets.
 */
import type { LearnerId, LessonId } from '../../src/course/ids.ts';
import type { Lesson } from '../../src/course/model.ts';

/** The lessons on learners' screens. */
export interface Watching {
  /** A page shows this lesson now. `page` is compared by identity. */
  set(learner: LearnerId, page: unknown, lesson: Lesson): void;
  /** The learner did something on a page of this lesson: of those that are open it is the one that spoke last. */
  touch(learner: LearnerId, lesson: Lesson): void;
  /** A page was closed. */
  remove(learner: LearnerId, page: unknown): void;
  /** The lesson that is checked after a command. */
  current(learner: LearnerId): Lesson | undefined;
}

/** Makes the record of what is watched; `find` gives a lesson as it is now. */
export function createWatching(find: (lesson: LessonId) => Lesson | undefined): Watching {
  const learners = new Map<LearnerId, Map<unknown, LessonId>>();
  return {
    set: (learner, page, lesson) => {
      const pages = learners.get(learner) ?? new Map<unknown, LessonId>();
      pages.delete(page);
      pages.set(page, lesson.id);
      learners.set(learner, pages);
    },
    touch: (learner, lesson) => {
      const pages = learners.get(learner);
      const page = [...(pages ?? [])].findLast(([, shown]) => shown === lesson.id)?.[0];
      if (page === undefined) return;
      pages?.delete(page);
      pages?.set(page, lesson.id);
    },
    remove: (learner, page) => {
      const pages = learners.get(learner);
      pages?.delete(page);
      if (pages?.size === 0) learners.delete(learner);
    },
    current: (learner) => {
      const lesson = [...(learners.get(learner)?.values() ?? [])].at(-1);
      return lesson === undefined ? undefined : find(lesson);
    },
  };
}
