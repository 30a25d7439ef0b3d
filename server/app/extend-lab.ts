/**
 * Use case: the learner wants to keep a lab that is about to be ended.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { LabView } from '../../src/protocol/api.ts';
import type { App } from './context.ts';

/** Gives the lab more time; does nothing without a lab. */
export function extendLab(app: App, learner: LearnerId): LabView {
  app.life.extend(learner);
  return app.desk.view(learner);
}
