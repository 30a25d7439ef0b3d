/**
 * Where a program saved the cursor (DECSC), which the serialize add-on leaves out of a snapshot: a program that saved it before and
 * restores it after would write in the wrong place. Knows nothing about snapshots.
 */
import type { Terminal } from '@xterm/headless';

interface Place {
  readonly column: number;
  /** Counted from the first line above the screen, as xterm.js does. */
  readonly line: number;
}

/** Follows a terminal; the returned function gives the sequences that save the cursor where it was saved and leave it where it is. */
export function trackSavedCursor(terminal: Terminal): () => string {
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
  return () => writePlace(terminal, places[terminal.buffer.active.type]);
}

/** Nothing where it cannot be said: places count from the scroll region, or the cursor waits behind the last column. */
function writePlace({ buffer, cols, modes }: Terminal, place: Place | undefined): string {
  const { cursorX, cursorY, baseY } = buffer.active;
  if (place === undefined || modes.originMode || cursorX >= cols) return '';
  const row = Math.max(0, place.line - baseY);
  return `\x1b[${row + 1};${place.column + 1}H\x1b7\x1b[${cursorY + 1};${cursorX + 1}H`;
}
