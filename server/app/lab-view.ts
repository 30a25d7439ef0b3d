/**
 * Use case: a page asks how the learner's lab is.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { LabView } from '../../src/protocol/api.ts';
import type { App } from './context.ts';

/** The lab as pages see it. */
export function labView(app: App, learner: LearnerId): LabView {
  return app.desk.view(learner);
}
