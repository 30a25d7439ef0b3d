/**
 * The dialog in which a learner lets somebody look on: what that means, the link, who looks on, and the end of it.
 */
import { watchWords } from '../../../i18n/watch-words.ts';
import { clockTime } from '../../clock-time.ts';
import { button, element, setHidden, setText } from '../../element.ts';
import type { Page, PageState } from '../../page.ts';
import { copyText } from '../copy-text.ts';
import { endLink, knownAddress, type LinkChange, openLink } from './owner-link.ts';

const titleId = 'tadak-watch-title';
const loopback = /^(localhost|127\.|\[::1\])/;

/** Opens the dialog; the focus goes back to where it was when it closes. */
export function openWatchDialog(page: Page, outer: AbortSignal): void {
  const life = new AbortController();
  const signal = AbortSignal.any([life.signal, outer]);
  const words = watchWords(page.locale);
  const notice = element('p', { role: 'status', class: 'tp-watch-notice' });
  const state = element('p', { class: 'tp-watch-state' });
  const field = element('input', { type: 'text', readonly: true, 'aria-label': words.address, spellcheck: 'false' });
  field.addEventListener('focus', () => field.select(), { signal });
  const copy = async () => setText(notice, (await copyText(field.value)) ? words.copied : words.copyFailed);
  const address = element(
    'div',
    { class: 'tp-watch-address' },
    field,
    button(words.copy, () => void copy(), { signal, class: 'tadak-strong' }),
  );
  const onlyHere = element('p', { class: 'tp-watch-small' }, words.onlyHere);
  const elsewhere = element('p', { class: 'tp-watch-small' }, words.madeElsewhere);
  const change = async (changing: Promise<LinkChange>, focus: () => HTMLElement) => {
    const changed = await changing;
    setText(notice, changed.ok ? '' : changed.message);
    if (changed.ok && dialog.open) focus().focus();
  };
  const make = button(words.make, () => void change(openLink(page), () => field), { signal });
  const end = button(words.end, () => void change(endLink(page), () => make), { signal });
  const close = button(words.close, () => dialog.close(), { signal });
  const dialog = element(
    'dialog',
    { class: 'tadak-dialog tp-watch-dialog', 'aria-labelledby': titleId },
    element('h2', { id: titleId }, words.offer),
    element('p', {}, words.about),
    state,
    address,
    onlyHere,
    elsewhere,
    notice,
    element('div', { class: 'tadak-dialog-buttons' }, close, end, make),
  );
  const show = ({ watchLink }: PageState) => {
    const link = watchLink?.link;
    const known = knownAddress(watchLink);
    for (const shown of [state, end]) setHidden(shown, !link);
    for (const shown of [address, onlyHere]) setHidden(shown, known === undefined);
    setHidden(onlyHere, known === undefined || !loopback.test(location.hostname));
    setHidden(elsewhere, !link || known !== undefined);
    setHidden(make, known !== undefined);
    make.classList.toggle('tadak-strong', !link);
    setText(make, link ? words.makeAnother : words.make);
    field.value = known ?? '';
    if (!link) return;
    const open = words.open(clockTime(link.endsAt, page.locale));
    setText(state, `${open} ${words.onlookers(link.onlookers)} ${words.yours}`);
  };
  dialog.addEventListener('close', () => {
    life.abort();
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
  page.state.watch(show, signal);
}
