/**
 * Use case: a learner sees whether others can look on, and how many do.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { WatchLinkView } from '../../src/protocol/watch.ts';
import type { App } from './context.ts';

/** The learner's link, without its secret. */
export function showWatchLink({ watchLinks }: App, learner: LearnerId): WatchLinkView {
  return watchLinks.show(learner);
}
