/**
 * Keys that phones lack, and Ctrl and Alt that hold until the next key. Pure; knows nothing about buttons.
 */

/** A key of the bar. */
export type TouchKey = 'Esc' | 'Tab' | 'Ctrl' | 'Alt' | '↑' | '↓' | '←' | '→' | '|' | '/' | '-';
/** Keys in the order of the bar. */
export const touchKeys: readonly TouchKey[] = ['Esc', 'Tab', 'Ctrl', 'Alt', '↑', '↓', '←', '→', '|', '/', '-'];

/** Modifiers that wait for the next key. */
export interface HeldModifiers {
  readonly ctrl: boolean;
  readonly alt: boolean;
}

const arrows: Partial<Record<TouchKey, string>> = { '↑': 'A', '↓': 'B', '→': 'C', '←': 'D' };

/** What a key of the bar sends; nothing for Ctrl and Alt. */
export function touchKeyData(key: TouchKey, isApplicationMode: boolean): string {
  const arrow = arrows[key];
  if (arrow) return (isApplicationMode ? '\x1bO' : '\x1b[') + arrow;
  if (key === 'Esc') return '\x1b';
  if (key === 'Tab') return '\t';
  return key === 'Ctrl' || key === 'Alt' ? '' : key;
}

/** A typed key under held modifiers. Longer data (a paste, a word of a phone's keyboard) is left alone. */
export function withModifiers(data: string, { ctrl, alt }: HeldModifiers): string {
  if (data.length !== 1 || (!ctrl && !alt)) return data;
  const code = data.toUpperCase().charCodeAt(0);
  const controlled = ctrl && code >= 0x40 && code <= 0x5f ? String.fromCharCode(code & 0x1f) : data;
  return alt ? `\x1b${controlled}` : controlled;
}
