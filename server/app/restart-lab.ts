/**
 * Use case: the learner wants a fresh machine in place of the present one.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { LabView } from '../../src/protocol/api.ts';
import type { App } from './context.ts';

/** Throws the machine away and starts another one. */
export function restartLab(app: App, learner: LearnerId): LabView {
  return app.desk.restart(learner);
}
