/**
 * Use case: a learner lets others look on at their terminals.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { NewWatchLink } from '../../src/protocol/watch.ts';
import type { App } from './context.ts';

/** Opens a link in place of the one there was. Throws Fault `watch-off`. */
export function openWatchLink({ watchLinks }: App, learner: LearnerId): NewWatchLink {
  const secret = watchLinks.open(learner);
  return { ...watchLinks.show(learner), secret };
}
