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
  /** Whether Ctrl or Alt waits for a key. */
  isHolding(): boolean;
  /** The held modifiers; they let go by being read. */
  takeModifiers(): HeldModifiers;
}

/** What the bar tells. */
export interface KeyBarOptions {
  readonly page: Page;
  /** A key is pressed, Ctrl and Alt included: what was typed before it goes first. */
  readonly onPress: () => void;
  /** A key but Ctrl and Alt, with those that were held for it. */
  readonly onKey: (key: TouchKey, held: HeldModifiers) => void;
  readonly signal: AbortSignal;
}

/** Makes the bar. */
export function createKeyBar({ page, onPress, onKey, signal }: KeyBarOptions): KeyBar {
  const words = terminalWords(page.locale);
  const held = { ctrl: false, alt: false };
  const buttons = new Map<TouchKey, HTMLButtonElement>();
  const show = () => {
    buttons.get('Ctrl')?.setAttribute('aria-pressed', String(held.ctrl));
    buttons.get('Alt')?.setAttribute('aria-pressed', String(held.alt));
  };
  const takeModifiers = () => {
    const taken = { ...held };
    held.ctrl = held.alt = false;
    show();
    return taken;
  };
  const press = (key: TouchKey) => {
    onPress();
    if (key === 'Ctrl') held.ctrl = !held.ctrl;
    else if (key === 'Alt') held.alt = !held.alt;
    else onKey(key, takeModifiers());
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
  return { host, isHolding: () => held.ctrl || held.alt, takeModifiers };
}
