/**
 * Connects a terminal's keys and pastes with what the page does about them.
 * Knows nothing about how input travels, nor about compositions: those are in `text-input.ts`.
 */
import { copyText } from './copy-text.ts';
import { actionOf, isRealKey, type PaneAction } from './key-bindings.ts';
import type { Paste } from './paste.ts';
import type { Screen } from './screen.ts';
import type { TerminalConnection } from './terminal-connection.ts';

/** What is wired together. */
export interface WireKeysOptions {
  readonly screen: Screen;
  /** Pastes below this node are taken. */
  readonly host: HTMLElement;
  readonly connection: TerminalConnection;
  /** A key is pressed at a terminal whose shell ended or that was refused. */
  readonly onReopen: () => void;
  readonly paste: Paste;
  /** What the page does about its own keys, but copy and paste. */
  readonly actions: Readonly<Record<Exclude<PaneAction, 'copy' | 'paste'>, () => void>>;
  readonly signal: AbortSignal;
}

/** Wires keys and pastes. */
export function wireKeys(options: WireKeysOptions): void {
  const { screen, host, connection, paste, onReopen, actions, signal } = options;
  const { terminal } = screen;

  const handleKey = (event: KeyboardEvent): boolean => {
    const action = actionOf(event);
    // The browser pastes by itself, and its paste event comes to us; xterm.js must not see the key.
    if (action === 'paste') return false;
    if (action) {
      event.preventDefault();
      if (event.type === 'keydown') run(action);
      return false;
    }
    const { kind } = connection.state;
    if ((kind !== 'exited' && kind !== 'ended') || event.isComposing || !isRealKey(event.code)) return true;
    if (event.ctrlKey || event.metaKey || event.key === 'Tab') return true;
    event.preventDefault();
    if (event.type === 'keydown') onReopen();
    return false;
  };
  const run = (action: Exclude<PaneAction, 'paste'>) => {
    if (action !== 'copy') actions[action]();
    else if (terminal.hasSelection()) void copyText(terminal.getSelection());
  };
  const handlePaste = (event: ClipboardEvent) => {
    const text = event.clipboardData?.getData('text/plain');
    if (!text || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    event.stopPropagation();
    void paste(text);
  };

  terminal.attachCustomKeyEventHandler(handleKey);
  host.addEventListener('paste', handlePaste, { signal, capture: true });
}
