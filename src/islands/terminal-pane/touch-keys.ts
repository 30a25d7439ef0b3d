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
/** What Ctrl makes of characters other than letters; a slash and a hyphen are where an underscore is. */
const controlled: Partial<Record<string, string>> = { ' ': '\0', '/': '\x1f', '-': '\x1f', '|': '\x1c', '?': '\x7f' };
/** A two-set keyboard's letters in the places of Latin ones: Ctrl and Alt mean the key. */
const jamo = 'ㅁㅠㅊㅇㄷㄹㅎㅗㅑㅓㅏㅣㅡㅜㅐㅔㅂㄱㄴㅅㅕㅍㅈㅌㅛㅋ';

/** What a key of the bar sends under held modifiers; nothing for Ctrl and Alt. */
export function touchKeyData(key: TouchKey, isApplicationMode: boolean, held: HeldModifiers): string {
  if (key === 'Ctrl' || key === 'Alt') return '';
  const arrow = arrows[key];
  if (arrow && (held.ctrl || held.alt)) return `\x1b[1;${1 + (held.alt ? 2 : 0) + (held.ctrl ? 4 : 0)}${arrow}`;
  if (arrow) return (isApplicationMode ? '\x1bO' : '\x1b[') + arrow;
  return withModifiers({ Esc: '\x1b', Tab: '\t' }[key as string] ?? key, held);
}

/** A typed key under held modifiers. Longer data (a paste, a word of a phone's keyboard) is left alone. */
export function withModifiers(data: string, { ctrl, alt }: HeldModifiers): string {
  if (data.length !== 1 || (!ctrl && !alt)) return data;
  const place = jamo.indexOf(data);
  const key = place < 0 ? data : String.fromCharCode(0x61 + place);
  return (alt ? '\x1b' : '') + (ctrl ? control(key) : key);
}

function control(key: string): string {
  const code = key.toUpperCase().charCodeAt(0);
  return code >= 0x40 && code <= 0x5f ? String.fromCharCode(code & 0x1f) : (controlled[key] ?? key);
}
