/**
 * The learner's own watch link: opened, ended, and its address, which only the page that made it knows.
 * Knows nothing about how it is shown.
 */
import { defaultLocale } from '../../../course/locales.ts';
import type { NewWatchLink, WatchLinkView } from '../../../protocol/watch.ts';
import type { Page } from '../../page.ts';

/** What became of a request; the sentence says why it failed. */
export type LinkChange = { readonly ok: true } | { readonly ok: false; readonly message: string };

/** In this page's memory only: where else it was kept, it could be found. */
let made: { readonly address: string; readonly endsAt: number } | undefined;

/** The address of the link that is open, when this page made it. */
export function knownAddress(view: WatchLinkView | undefined): string | undefined {
  return made !== undefined && made.endsAt === view?.link?.endsAt ? made.address : undefined;
}

/** Opens a link in place of the one there was. */
export async function openLink({ api, state, locale }: Page): Promise<LinkChange> {
  const answer = await api.call<NewWatchLink>('POST', '/watch-link');
  if (!answer.ok) return answer;
  const { secret, ...watchLink } = answer.value;
  const folder = locale === defaultLocale ? '' : `/${locale}`;
  // After `#`: browsers never send it, so that no server and no proxy can write it down.
  made = { address: `${location.origin}${folder}/watch/#${secret}`, endsAt: watchLink.link?.endsAt ?? 0 };
  state.set({ watchLink });
  return { ok: true };
}

/** Ends the link. */
export async function endLink({ api, state }: Page): Promise<LinkChange> {
  const answer = await api.call<WatchLinkView>('POST', '/watch-link/end');
  if (!answer.ok) return answer;
  made = undefined;
  state.set({ watchLink: answer.value });
  return { ok: true };
}

/** Asks whether one is open. */
export async function readLink({ api, state }: Page): Promise<void> {
  const answer = await api.call<WatchLinkView>('GET', '/watch-link');
  if (answer.ok) state.set({ watchLink: answer.value });
}
