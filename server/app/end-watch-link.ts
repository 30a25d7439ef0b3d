/**
 * Use case: a learner wants to be alone again.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { WatchLinkView } from '../../src/protocol/watch.ts';
import type { App } from './context.ts';

/** Ends the learner's link and the looking on of everybody who came by it. */
export function endWatchLink({ watchLinks }: App, learner: LearnerId): WatchLinkView {
  watchLinks.end(learner);
  return watchLinks.show(learner);
}
