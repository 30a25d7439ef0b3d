/**
 * Use case: the lesson on the learner's screen is prepared in the learner's lab, once. Pages see it going on;
 * a failure is shown as ours.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import { toFault } from '../../src/faults.ts';
import type { App } from './context.ts';
import { keepCheckpoint } from './keep-checkpoint.ts';

const preparing = { label: { ko: '이 레슨을 준비하고 있어요', en: 'Preparing this lesson' }, fraction: 0.5 };

/** Starts the preparation if it is needed; resolves when it is over. Never throws: the lab's view says what happened. */
export async function prepareLesson(app: App, learner: LearnerId): Promise<void> {
  const lab = app.desk.find(learner);
  const lesson = app.watching.current(learner);
  if (!lab || !lesson) return;
  const beginning = { lesson: lesson.id };
  if (app.setups.isDone(lab, lesson)) {
    await app.setups.ensure(lab, lesson, app.signal);
    return keepCheckpoint(app, learner, beginning);
  }
  app.desk.note(learner, lab, { progress: preparing });
  try {
    await app.setups.ensure(lab, lesson, app.signal);
    app.desk.note(learner, lab, undefined);
    await keepCheckpoint(app, learner, beginning);
  } catch (thrown) {
    const fault = toFault(thrown);
    const isFailure = fault.code === 'lesson-setup-failed';
    if (isFailure) app.log('lesson setup failed', { learner, lesson: lesson.id, message: fault.message });
    app.desk.note(learner, lab, isFailure ? { fault } : undefined);
  }
}
