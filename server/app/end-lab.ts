/**
 * Use case: the learner is done with the lab.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { LabView } from '../../src/protocol/api.ts';
import type { App } from './context.ts';

/** Ends the lab, its start, or the wait for one. */
export function endLab(app: App, learner: LearnerId): LabView {
  return app.desk.end(learner);
}
