/**
 * The dialog with the terminal's settings; a change counts at once.
 * Knows nothing about xterm.js.
 */
import { terminalWords } from '../../i18n/terminal-words.ts';
import { button, element, setText } from '../element.ts';
import type { Page } from '../page.ts';
import type { Store } from '../store.ts';
import { fontSizeLimits, type TerminalSettings } from './settings.ts';

/** Opens the dialog; the focus goes back when it closes. */
export function openSettings(settings: Store<TerminalSettings>, { t, locale, signal: pageSignal }: Page): void {
  const words = terminalWords(locale);
  const life = new AbortController();
  const signal = AbortSignal.any([life.signal, pageSignal]);
  const size = element('output', { 'aria-live': 'polite' });
  const change = (by: number) => {
    const { least, most } = fontSizeLimits;
    settings.set({ fontSize: Math.min(most, Math.max(least, settings.get().fontSize + by)) });
  };
  const sizeRow = element(
    'div',
    { role: 'group', 'aria-label': words.fontSize, class: 'tp-setting' },
    element('span', {}, words.fontSize),
    button('−', () => change(-1), { signal, 'aria-label': words.fontSmaller }),
    size,
    button('+', () => change(1), { signal, 'aria-label': words.fontLarger }),
  );
  const dialog = element(
    'dialog',
    { class: 'tadak-dialog tp-settings', 'aria-labelledby': 'tadak-terminal-settings' },
    element('h2', { id: 'tadak-terminal-settings' }, t['terminal.settings']),
    sizeRow,
    choice('colours', words.theme, { page: words.themePage, contrast: words.themeContrast }),
    checkbox('runAtOnce', words.runAtOnce),
    checkbox('bellSound', words.bellSound),
    checkbox('screenReader', words.screenReader),
    choice('announce', words.announce, {
      summary: words.announceSummary,
      all: words.announceAll,
      none: words.announceNone,
    }),
    element(
      'div',
      { class: 'tadak-dialog-buttons' },
      button(t['terminal.close'], () => dialog.close(), { signal }),
    ),
  );
  settings.watch(({ fontSize }) => setText(size, String(fontSize)), signal);
  document.body.append(dialog);
  dialog.addEventListener('close', () => {
    life.abort();
    dialog.remove();
  });
  dialog.showModal();

  /** A choice of one among few words. */
  function choice<Name extends 'colours' | 'announce'>(
    name: Name,
    label: string,
    words: Readonly<Record<TerminalSettings[Name], string>>,
  ): HTMLElement {
    const options = Object.entries<string>(words).map(([value, text]) =>
      element('option', { value, selected: settings.get()[name] === value }, text),
    );
    const field = element('select', {}, ...options);
    field.addEventListener('change', () => settings.set({ [name]: field.value }), { signal });
    return element('label', { class: 'tp-setting' }, element('span', {}, label), field);
  }
  function checkbox(name: 'runAtOnce' | 'screenReader' | 'bellSound', label: string): HTMLElement {
    const field = element('input', { type: 'checkbox', checked: settings.get()[name] });
    field.addEventListener('change', () => settings.set({ [name]: field.checked }), { signal });
    return element('label', { class: 'tp-setting' }, field, element('span', {}, label));
  }
}
