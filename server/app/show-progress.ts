/**
 * Use case: a page asks for the learner's progress in the course.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { CourseProgress } from '../../src/protocol/api.ts';
import type { App } from './context.ts';
import { requireCourse } from './find-in-course.ts';

/** The progress. Throws Fault `not-found` for another course. */
export function showProgress(app: App, learner: LearnerId, course: string): CourseProgress {
  return app.store.courseProgress(learner, requireCourse(app.course, course).id);
}
