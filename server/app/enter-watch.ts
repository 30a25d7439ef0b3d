/**
 * Use case: somebody comes with a link's secret and gets one of their own, which opens this link only.
 */
import type { WatchEntry } from '../../src/protocol/watch.ts';
import type { App } from './context.ts';

/** What is given for a link's secret. */
export interface EnteredWatch {
  readonly entry: WatchEntry;
  /** Belongs into the browser's cookie for this link. */
  readonly secret: string;
}

/**
 * Lets a browser in. `secretFor` is what it holds for a link already: whoever opens the same link twice stays one person.
 * Throws Fault `watch-unknown`.
 */
export function enterWatch(
  { watchLinks }: App,
  linkSecret: string,
  secretFor: (link: string) => string | undefined,
): EnteredWatch {
  const link = watchLinks.findBySecret(linkSecret);
  const held = secretFor(link.id);
  const secret = held !== undefined && link.findGuest(held) ? held : link.addGuest();
  return { entry: { link: link.id, endsAt: link.endsAt }, secret };
}
