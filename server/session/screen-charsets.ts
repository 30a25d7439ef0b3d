/**
 * The character sets that a terminal's text is read in, which the serialize add-on leaves out of a snapshot: a program that draws
 * lines by letters and is cut in the midst of it would go on in letters. Knows nothing about snapshots.
 */
import type { Terminal } from '@xterm/headless';

/** Which of G0 to G3 each escape sequence fills, by the character after ESC. */
const slots = { '(': 0, ')': 1, '*': 2, '+': 3, '-': 1, '.': 2 } as const;
/** The sets that xterm.js knows, by the last character of the sequence; any other one is as ASCII. */
const sets = '0AB4C5RQKYE6ZH7=';
const ascii = 'B';
/** Which set is shifted to, by the character after ESC. */
const shifts = { n: 2, o: 3, '|': 3, '}': 2, '~': 1 } as const;

const shiftOut = 0x0e;
const shiftIn = 0x0f;
const fullReset = '\x1bc';

/** What is known of a terminal's character sets. */
export interface Charsets {
  /** SO or SI was the last shift in what was just parsed: no handler hears of those. */
  shift(level: 0 | 1): void;
  /** The sequences that restore what was set. */
  write(): string;
}

/** Follows a terminal. */
export function trackCharsets(terminal: Terminal): Charsets {
  const filled: string[] = [ascii, ascii, ascii, ascii];
  let level = 0;
  const shiftTo = (next: number) => {
    level = next;
    return false; // xterm.js handles it as well.
  };
  const fill = (slot: number, set: string) => {
    filled[slot] = set;
    return false;
  };
  const reset = () => {
    filled.fill(ascii);
    return shiftTo(0);
  };
  const { parser } = terminal;
  for (const [intermediates, slot] of Object.entries(slots))
    for (const final of sets) parser.registerEscHandler({ intermediates, final }, () => fill(slot, final));
  for (const final of '@G')
    parser.registerEscHandler({ intermediates: '%', final }, () => fill(0, ascii) || shiftTo(0));
  for (const [final, next] of Object.entries(shifts)) parser.registerEscHandler({ final }, () => shiftTo(next));
  parser.registerEscHandler({ final: 'c' }, reset);
  parser.registerCsiHandler({ intermediates: '!', final: 'p' }, reset);
  return { shift: shiftTo, write: () => writeSets(filled) + (['', '\x0e', '\x1bn', '\x1bo'][level] ?? '') };
}

function writeSets(filled: readonly string[]): string {
  return filled.map((set, slot) => (set === ascii ? '' : `\x1b${'()*+'[slot]}${set}`)).join('');
}

/** To which set the bytes shift in the end by SO, SI or a reset; `undefined` when they do not. */
export function findLastShift(bytes: Uint8Array): 0 | 1 | undefined {
  const out = bytes.lastIndexOf(shiftOut);
  const back = bytes.lastIndexOf(shiftIn);
  if (out < 0) return back < 0 ? undefined : 0;
  const reset = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf(fullReset, undefined, 'latin1');
  return out > Math.max(back, reset) ? 1 : 0;
}
