/**
 * Use case: a page notes where the learner is.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { PlaceRequest } from '../../src/protocol/api.ts';
import type { App } from './context.ts';
import { requireLesson } from './find-in-course.ts';

/** Remembers the place. Throws Fault `not-found` for a lesson that is not there. */
export function setPlace(app: App, learner: LearnerId, place: PlaceRequest & { readonly course: string }): void {
  const { course, ...where } = place;
  requireLesson(app.course, { course, lesson: where.lesson });
  app.store.recordPlace(learner, app.course.id, where, app.now());
}
