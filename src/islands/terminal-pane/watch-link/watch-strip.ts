/**
 * The strip above the terminals that says, as long as a watch link is open, how many look on, and ends it by one click.
 */
import { watchWords } from '../../../i18n/watch-words.ts';
import { clockTime } from '../../clock-time.ts';
import { button, element, setHidden, setText } from '../../element.ts';
import type { Page } from '../../page.ts';
import { endLink } from './owner-link.ts';

/** Makes the strip; it shows itself. */
export function createWatchStrip(page: Page, signal: AbortSignal): HTMLElement {
  const words = watchWords(page.locale);
  const count = element('strong', { role: 'status' });
  const until = element('span');
  const end = async () => {
    const ended = await endLink(page);
    page.announce(ended.ok ? words.ended : ended.message);
    if (!ended.ok) setText(until, ended.message);
  };
  const host = element(
    'div',
    { class: 'tp-watch', hidden: true },
    element('p', {}, count, ' ', until),
    button(words.end, () => void end(), { signal }),
  );
  page.state.watch(({ watchLink }) => {
    const link = watchLink?.link;
    setHidden(host, link === undefined);
    if (link === undefined) return;
    host.dataset['onlookers'] = String(link.onlookers);
    setText(count, words.onlookers(link.onlookers));
    setText(until, words.openShort(clockTime(link.endsAt, page.locale)));
  }, signal);
  return host;
}
