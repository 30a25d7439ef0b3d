/**
 * Use case: the learner wants a fresh machine in place of the present one.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { LabView } from '../../src/protocol/api.ts';
import type { App } from './context.ts';
import { type LessonName, requireLesson } from './find-in-course.ts';

/** Throws the machine away and starts another one. `from` is the lesson whose page asks. Throws Fault `not-found`. */
export function restartLab(app: App, learner: LearnerId, from?: LessonName): LabView {
  if (from) app.watching.touch(learner, requireLesson(app.course, from));
  return app.desk.restart(learner);
}
