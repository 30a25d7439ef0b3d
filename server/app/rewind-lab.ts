/**
 * Use case: the learner wants the lab back as it was at an earlier moment.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import { type Course, findLesson } from '../../src/course/model.ts';
import { Fault } from '../../src/faults.ts';
import type { CheckpointsView, CheckpointView, LabView } from '../../src/protocol/api.ts';
import type { KeptCheckpoint } from './checkpoint-shelf.ts';
import type { App } from './context.ts';

/** The states of the learner's lab that are kept, newest first. Throws a Fault when there is no lab that is ready. */
export function listCheckpoints(app: App, learner: LearnerId): CheckpointsView {
  const lab = app.desk.require(learner);
  const checkpoints = app.checkpoints.of(lab.id).map((kept) => viewCheckpoint(app.course, kept));
  return { isKept: app.checkpoints.keepsFor(lab), checkpoints: checkpoints.toReversed() };
}

/** Puts the lab back. Throws Fault `not-found` when that state is not kept any more, or the Fault by which the lab is lost. */
export async function rewindLab(app: App, learner: LearnerId, checkpoint: string): Promise<LabView> {
  app.desk.require(learner);
  app.autoCheck.handleButton(learner);
  await app.turns.take(learner, app.signal, () => rewindInTurn(app, learner, checkpoint));
  return app.desk.view(learner);
}

/** The same, within a turn of the learner's. */
export async function rewindInTurn(app: App, learner: LearnerId, checkpoint: string): Promise<void> {
  const kept = app.checkpoints.of(app.desk.require(learner).id);
  // Asked before anything ends: an old page may name one that was given up.
  if (!kept.some(({ id }) => id === checkpoint)) throw new Fault('not-found', { what: `checkpoint ${checkpoint}` });
  return app.desk.rewind(learner, (lab, waiting) => app.checkpoints.restore(lab, checkpoint, waiting));
}

function viewCheckpoint(course: Course, { id, at, place }: KeptCheckpoint): CheckpointView {
  const lesson = findLesson(course, place.lesson);
  const step = lesson?.steps.find((each) => each.id === place.step);
  const unnamed = { ko: place.lesson, en: place.lesson };
  return { id, at, lesson: lesson?.title ?? unnamed, ...(step && { step: step.title }) };
}
