/**
 * Where the cursor is and where a program saved it (DECSC). The serialize add-on leaves the latter out of a snapshot, and moves to the
 * former step by step from the end of the text, one too few where a wide character was half overwritten.
 * Knows nothing about snapshots.
 */
import type { Terminal } from '@xterm/headless';

interface Place {
  readonly column: number;
  /** Counted from the first line above the screen, as xterm.js does. */
  readonly line: number;
}

/** Follows a terminal; the returned function gives the sequences that save the cursor where it was saved and put it where it is. */
export function trackCursor(terminal: Terminal): () => string {
  const places: Partial<Record<'normal' | 'alternate', Place>> = {};
  const save = () => {
    const { type, cursorX, cursorY, baseY } = terminal.buffer.active;
    places[type] = { column: cursorX, line: baseY + cursorY };
    return false; // xterm.js handles it as well.
  };
  const forget = () => {
    delete places[terminal.buffer.active.type];
    return false;
  };
  const { parser } = terminal;
  parser.registerEscHandler({ final: '7' }, save);
  parser.registerCsiHandler({ final: 's' }, save);
  parser.registerCsiHandler({ prefix: '?', final: 'h' }, (modes) => (modes.includes(1048) ? save() : false));
  parser.registerCsiHandler({ intermediates: '!', final: 'p' }, forget);
  parser.registerEscHandler({ final: 'c' }, forget);
  return () => writeCursor(terminal, places[terminal.buffer.active.type]);
}

/** Nothing where it cannot be said: places count from the scroll region, or the cursor waits behind the last column. */
function writeCursor({ buffer, cols, modes }: Terminal, saved: Place | undefined): string {
  const { cursorX, cursorY, baseY } = buffer.active;
  if (modes.originMode || cursorX >= cols) return '';
  const save = saved === undefined ? '' : `${goTo(saved.column, Math.max(0, saved.line - baseY))}\x1b7`;
  return save + goTo(cursorX, cursorY);
}

function goTo(column: number, row: number): string {
  return `\x1b[${row + 1};${column + 1}H`;
}
