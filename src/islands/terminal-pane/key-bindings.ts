/**
 * The keys that the page keeps for itself while a terminal has the focus; all others belong to the shell.
 * Keys are told by their place (`code`), so that they also work in Hangul mode, and never during a composition.
 * Knows nothing about what the actions do.
 */

/** What a key can ask for. */
export type PaneAction =
  | 'leave'
  | 'copy'
  | 'paste'
  | 'search'
  | 'history'
  | 'copy-output'
  | 'previous-command'
  | 'next-command';

/** With Ctrl and Shift on every system: none of these has a key of the platform's own. */
const controlShift: Partial<Record<string, PaneAction>> = {
  KeyE: 'leave',
  KeyH: 'history',
  KeyO: 'copy-output',
  ArrowUp: 'previous-command',
  ArrowDown: 'next-command',
};

const isMac = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');

/** The part of a keyboard event that counts. */
export type Keys = Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey' | 'isComposing'>;

/**
 * The action of a key, if it has one. Ctrl+C always interrupts, also with a selection: a key must not
 * change its meaning by what the mouse did before.
 */
export function actionOf(event: Keys, onMac: boolean = isMac): PaneAction | undefined {
  if (event.isComposing || event.altKey) return undefined;
  const isControlShift = event.ctrlKey && event.shiftKey && !event.metaKey;
  const own = isControlShift ? controlShift[event.code] : undefined;
  if (own) return own;
  const isOurs = onMac ? event.metaKey && !event.ctrlKey && !event.shiftKey : isControlShift;
  if (!isOurs) return undefined;
  const actions: Partial<Record<string, PaneAction>> = { KeyC: 'copy', KeyV: 'paste', KeyF: 'search' };
  return actions[event.code];
}

/** Whether a key does something by itself, as opposed to Shift and the like. */
export function isRealKey(code: string): boolean {
  return !/^(?:Shift|Control|Alt|Meta|CapsLock|Fn|Lang|Convert|NonConvert)/.test(code);
}
