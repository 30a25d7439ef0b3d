/**
 * `<tadak-watch>`: the page on which somebody looks on by a link. Loaded on that page alone. It asks for
 * nothing that the other pages have: no learner is made of the visitor, no lab, no progress.
 */
import xtermCss from '@xterm/xterm/css/xterm.css?inline';
import type { Locale } from '../../course/locales.ts';
import type { Dictionary } from '../../i18n/dictionary.ts';
import type { WatchEntry } from '../../protocol/watch.ts';
import { createApi } from '../api.ts';
import { openLive } from '../live.ts';
import { socketUrl } from '../page.ts';
import { adoptCss } from '../style-sheet.ts';
import { onPageWake } from '../wake.ts';
import { enter, isFinal } from './enter.ts';
import watchCss from './watch.css?inline';
import { createWatchRoom } from './watch-room.ts';

/** Fills the page until it is left; `t` holds the sentences of its language. */
export async function startWatch(host: HTMLElement, locale: Locale, t: Dictionary): Promise<void> {
  adoptCss(xtermCss);
  adoptCss(watchCss);
  const life = new AbortController();
  const { signal } = life;
  const api = createApi(locale, t);
  let link = '';
  const room = createWatchRoom({ host, locale, url: () => socketUrl(`/ws/watch/${link}/terminal`), signal });
  const close = (message: string) => {
    life.abort();
    room.close(message);
  };
  const entered = await enter(api, signal);
  // Another link in the same tab is another visit.
  window.addEventListener('hashchange', () => location.reload());
  if ('message' in entered) return close(entered.message);
  link = entered.link;
  const handleShut = async () => {
    room.setConnected(false);
    const answer = await api.call<WatchEntry>('GET', `/watch/${link}`);
    if (answer.ok) return;
    if (isFinal(answer)) close(answer.message);
    else if (answer.code !== undefined) room.setConnected(false, answer.message);
  };
  openLive({
    url: socketUrl(`/ws/watch/${link}`),
    watch: undefined,
    wake: onPageWake,
    signal,
    onMessage: (message) => {
      room.setConnected(true);
      if (message.type === 'watch') room.show(message.watch);
      if (message.type === 'watch-ended') close(message.fault.message[locale]);
    },
    onShut: () => void handleShut(),
    onReturn: () => room.probe(),
    onSuspect: () => {
      room.setConnected(false);
      room.probe();
    },
  });
}
