/**
 * Use case: the learner wants a lab.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { LabView } from '../../src/protocol/api.ts';
import type { App } from './context.ts';
import { type LessonName, requireLesson } from './find-in-course.ts';

/** Starts a lab, or returns the one that is running, starting or queued. `from` is the lesson whose page asks. Throws Fault `not-found`. */
export function startLab(app: App, learner: LearnerId, from?: LessonName): LabView {
  if (from) app.watching.touch(learner, requireLesson(app.course, from));
  return app.desk.start(learner);
}
