/**
 * Copy and Paste as buttons, for those who have no keys for them. Where the browser keeps its clipboard to itself (a page
 * on plain http, a learner who said no) there is a box to paste into; where nothing can be selected (a phone) the
 * screen's text is shown to select from.
 * Knows nothing about how input travels.
 */
import type { Terminal } from '@xterm/xterm';
import { terminalWords } from '../../i18n/terminal-words.ts';
import type { Page } from '../page.ts';
import { copyText } from './copy-text.ts';
import type { Paste } from './paste.ts';
import { screenText } from './screen-text.ts';
import { showTextDialog } from './text-dialog.ts';

/** What the tools work on. */
export interface ClipboardToolsOptions {
  readonly page: Page;
  readonly terminal: Terminal;
  readonly paste: Paste;
  /** Shows and says a sentence. */
  readonly onNotice: (text: string) => void;
}

/** The tools of a terminal. */
export interface ClipboardTools {
  /** Copies the selection, or shows the screen's text to copy from. */
  copy(): Promise<void>;
  /** Pastes the clipboard, or asks for the text. */
  paste(): Promise<void>;
}

/** Makes the tools. */
export function createClipboardTools({ page, terminal, paste, onNotice }: ClipboardToolsOptions): ClipboardTools {
  const words = terminalWords(page.locale);
  const copy = async (text: string) => onNotice((await copyText(text)) ? words.copied : words.copyFailed);
  return {
    copy: async () => {
      if (terminal.hasSelection()) return copy(terminal.getSelection());
      const texts = { title: words.screenText, hint: words.screenTextHint, text: screenText(terminal) };
      const text = await showTextDialog({ ...texts, confirm: words.copyAll, cancel: page.t['terminal.close'] });
      if (text !== undefined) await copy(text);
    },
    paste: async () => {
      const texts = { title: words.pasteBox, hint: words.pasteBoxHint };
      const read = await readClipboard();
      const text =
        read ?? (await showTextDialog({ ...texts, confirm: words.paste, cancel: page.t['terminal.cancel'] }));
      if (text) await paste(text);
      else if (text === '') onNotice(words.nothingToPaste);
    },
  };
}

/** The clipboard's text; nothing where the page may not read it. */
async function readClipboard(): Promise<string | undefined> {
  try {
    return await navigator.clipboard.readText();
  } catch {
    return undefined;
  }
}
