/**
 * What stands in the lab's status only when a lab runs: the warning of its end, the offer of a lesson's other machine, and the
 * way back to an earlier moment. Loaded with the first lab. Knows nothing about how they look.
 */
import { type EndingOptions, showEnding } from './lab-ending.ts';
import { type OfferOptions, showOffer } from './machine-offer.ts';
import type { Page } from './page.ts';
import { offerRewind } from './rewind.ts';

/** Shows what applies to the page's lab at the end of `host`, and takes away what does not any more. */
export function showExtras(host: HTMLElement, page: Page, options: Omit<EndingOptions & OfferOptions, 'locale'>): void {
  const { lab } = page.state.get();
  const all = { ...options, locale: page.locale };
  showEnding(host, lab, all);
  showOffer(host, lab, all);
  offerRewind(host, page, options.signal);
}
