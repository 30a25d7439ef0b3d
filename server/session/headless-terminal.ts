/**
 * Makes headless terminals: the one place that loads xterm.js here. Knows nothing about what they are used for.
 */
import { createRequire } from 'node:module';
import type { Terminal } from '@xterm/headless';
import type { TerminalSize } from '../../src/protocol/terminal.ts';

// Required, not imported: these packages are CommonJS without names that Node can see.
const require = createRequire(import.meta.url);
const headless = require('@xterm/headless') as typeof import('@xterm/headless');
const graphemes = require('@xterm/addon-unicode-graphemes') as typeof import('@xterm/addon-unicode-graphemes');

/** A terminal with `scrollback` lines above its screen. Grapheme tables are at hand, version 15, and not in use. */
export function createHeadlessTerminal(size: TerminalSize, scrollback: number): Terminal {
  const terminal = new headless.Terminal({ ...size, scrollback, allowProposedApi: true });
  // The tables cost three quarters of the speed and say the same for Hangul, Han and Latin: on when first needed.
  terminal.loadAddon(new graphemes.UnicodeGraphemesAddon());
  terminal.unicode.activeVersion = '6';
  return terminal;
}

/** Uses the grapheme tables from now on. */
export function useGraphemes(terminal: Terminal): void {
  terminal.unicode.activeVersion = '15-graphemes';
}
