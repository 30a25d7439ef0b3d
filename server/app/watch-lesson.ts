/**
 * Use case: a page says which lesson it shows, or is closed.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { App } from './context.ts';
import { type LessonName, requireLesson } from './find-in-course.ts';
import { prepareLesson } from './prepare-lesson.ts';

/** Notes the lesson and prepares it in the learner's lab. Throws Fault `not-found`. */
export function watchLesson(app: App, learner: LearnerId, { page, ...name }: LessonName & { page: unknown }): void {
  const lesson = requireLesson(app.course, name);
  app.watching.set(learner, page, lesson);
  app.life.touch(learner);
  void prepareLesson(app, learner);
}

/** Forgets a page. */
export function unwatchLesson(app: App, learner: LearnerId, page: unknown): void {
  app.watching.remove(learner, page);
}
