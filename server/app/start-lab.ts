/**
 * Use case: the learner wants a lab.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { LabView } from '../../src/protocol/api.ts';
import type { App } from './context.ts';

/** Starts a lab, or returns the one that is running, starting or queued. */
export function startLab(app: App, learner: LearnerId): LabView {
  return app.desk.start(learner);
}
