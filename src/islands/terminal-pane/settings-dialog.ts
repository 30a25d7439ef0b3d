/**
 * The dialog with the terminal's settings; a change counts at once.
 * Knows nothing about xterm.js.
 */
import { button, element, setText } from '../element.ts';
import type { Page } from '../page.ts';
import type { Store } from '../store.ts';
import { fontSizeLimits, type TerminalSettings } from './settings.ts';

/** Opens the dialog; the focus goes back when it closes. */
export function openSettings(settings: Store<TerminalSettings>, { t, signal: pageSignal }: Page): void {
  const life = new AbortController();
  const signal = AbortSignal.any([life.signal, pageSignal]);
  const size = element('output', { 'aria-live': 'polite' });
  const change = (by: number) => {
    const { least, most } = fontSizeLimits;
    settings.set({ fontSize: Math.min(most, Math.max(least, settings.get().fontSize + by)) });
  };
  const sizeRow = element(
    'div',
    { role: 'group', 'aria-label': t['terminal.fontSize'], class: 'tp-setting' },
    element('span', {}, t['terminal.fontSize']),
    button('−', () => change(-1), { signal, 'aria-label': t['terminal.fontSmaller'] }),
    size,
    button('+', () => change(1), { signal, 'aria-label': t['terminal.fontLarger'] }),
  );
  const dialog = element(
    'dialog',
    { class: 'tadak-dialog tp-settings', 'aria-labelledby': 'tadak-terminal-settings' },
    element('h2', { id: 'tadak-terminal-settings' }, t['terminal.settings']),
    sizeRow,
    checkbox('runAtOnce', t['terminal.runAtOnce']),
    checkbox('screenReader', t['terminal.screenReader']),
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

  function checkbox(name: 'runAtOnce' | 'screenReader', label: string): HTMLElement {
    const field = element('input', { type: 'checkbox', checked: settings.get()[name] });
    field.addEventListener('change', () => settings.set({ [name]: field.checked }), { signal });
    return element('label', { class: 'tp-setting' }, field, element('span', {}, label));
  }
}
