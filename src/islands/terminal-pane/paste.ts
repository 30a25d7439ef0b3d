/**
 * Sends a text into a terminal as a paste, wherever it comes from: marked where the program asked for that, after a
 * question where it would run each line. Knows nothing about clipboards.
 */
import type { Terminal } from '@xterm/xterm';
import { terminalWords } from '../../i18n/terminal-words.ts';
import { askToConfirm } from '../confirm-dialog.ts';
import type { Page } from '../page.ts';
import { countLines, encodePaste } from './pasting.ts';

/** Pastes a text; the focus goes to the terminal. */
export type Paste = (text: string) => Promise<void>;

/** What pasting needs. */
export interface PasteOptions {
  readonly page: Page;
  readonly terminal: Terminal;
  readonly send: (bytes: Uint8Array) => void;
}

/** Makes what pastes into `terminal`. */
export function createPaste({ page, terminal, send }: PasteOptions): Paste {
  const words = terminalWords(page.locale);
  return async (text) => {
    const isBracketed = terminal.modes.bracketedPasteMode;
    const lines = countLines(text);
    const question = { text: words.pasteConfirm(lines), confirm: words.paste, cancel: page.t['terminal.cancel'] };
    if (lines > 1 && !isBracketed && !(await askToConfirm(question))) return terminal.focus();
    terminal.focus();
    terminal.scrollToBottom();
    send(encodePaste(text, isBracketed));
  };
}
