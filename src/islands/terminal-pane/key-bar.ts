/**
 * The bar of keys that phones lack. It never takes the focus, so that the phone's keyboard stays open.
 * Knows nothing about terminals.
 */
import { terminalWords } from '../../i18n/terminal-words.ts';
import { button, element } from '../element.ts';
import type { Page } from '../page.ts';
import { type HeldModifiers, type TouchKey, touchKeys } from './touch-keys.ts';

/** A key bar. */
export interface KeyBar {
  readonly host: HTMLElement;
  /** The held modifiers; they let go by being read. */
  takeModifiers(): HeldModifiers;
}

/** Makes the bar. */
export function createKeyBar(page: Page, onKey: (key: TouchKey) => void, signal: AbortSignal): KeyBar {
  const words = terminalWords(page.locale);
  const held = { ctrl: false, alt: false };
  const buttons = new Map<TouchKey, HTMLButtonElement>();
  const show = () => {
    buttons.get('Ctrl')?.setAttribute('aria-pressed', String(held.ctrl));
    buttons.get('Alt')?.setAttribute('aria-pressed', String(held.alt));
  };
  const press = (key: TouchKey) => {
    if (key === 'Ctrl') held.ctrl = !held.ctrl;
    else if (key === 'Alt') held.alt = !held.alt;
    else onKey(key);
    show();
  };
  const labels: Partial<Record<TouchKey, string>> = {
    '↑': words.keyUp,
    '↓': words.keyDown,
    '←': words.keyLeft,
    '→': words.keyRight,
  };
  for (const key of touchKeys) {
    buttons.set(
      key,
      button(key, () => press(key), { signal, 'aria-label': labels[key] ?? key }),
    );
  }
  const host = element('div', { class: 'tp-keys', role: 'group', 'aria-label': words.keys }, ...buttons.values());
  host.addEventListener('pointerdown', (event) => event.preventDefault(), { signal });
  show();
  return {
    host,
    takeModifiers: () => {
      const taken = { ...held };
      held.ctrl = held.alt = false;
      show();
      return taken;
    },
  };
}
