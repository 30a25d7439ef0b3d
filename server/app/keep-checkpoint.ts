/**
 * Use case: a moment worth coming back to: a lesson is ready to begin, or a step has just been passed. The state of the lab is
 * kept in the learner's next turn, so that no answer waits for it.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { CoursePlace } from './checkpoint-shelf.ts';
import type { App } from './context.ts';

/** Keeps the state of the learner's lab as that of `place`. Resolves when that is over; never throws. */
export async function keepCheckpoint(app: App, learner: LearnerId, place: CoursePlace): Promise<void> {
  const lab = app.desk.find(learner);
  if (!lab || !app.checkpoints.wants(lab, place)) return;
  await app.turns
    .take(learner, app.signal, async () => {
      if (app.desk.find(learner) === lab) await app.checkpoints.keep(lab, place, app.signal);
    })
    .catch(() => undefined); // The server ends.
}
