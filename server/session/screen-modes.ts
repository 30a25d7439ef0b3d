/**
 * Modes that the serialize add-on leaves out of a snapshot and a program still relies on: the mouse's encoding, a
 * hidden cursor, the cursor's shape, the scroll region. Also: when a text needs the grapheme width tables.
 * Knows nothing about snapshots otherwise.
 */
import type { Terminal } from '@xterm/headless';

type Parameters = readonly (number | number[])[];

/** DEC private modes that are kept, with what they are after a reset. */
const privateModes = new Map([
  [25, true], // cursor shown
  [1005, false],
  [1006, false], // mouse positions as decimal numbers
  [1015, false],
  [1016, false],
]);

/** Follows a terminal; the returned function gives the sequences that restore what was set. */
export function trackExtraModes(terminal: Terminal): () => string {
  const modes = new Map<number, boolean>();
  let cursorStyle: number | undefined;
  let region: readonly [number, number] | undefined;
  const set = (parameters: Parameters, isOn: boolean) => {
    for (const mode of parameters) {
      if (typeof mode === 'number' && privateModes.has(mode)) modes.set(mode, isOn);
      // A full-screen program that comes or goes starts without a region.
      if (mode === 1049 || mode === 1047 || mode === 47) region = undefined;
    }
    return false; // xterm.js handles it as well.
  };
  const reset = () => {
    modes.clear();
    cursorStyle = undefined;
    region = undefined;
    return false;
  };
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'h' }, (parameters) => set(parameters, true));
  terminal.parser.registerCsiHandler({ prefix: '?', final: 'l' }, (parameters) => set(parameters, false));
  terminal.parser.registerCsiHandler({ intermediates: ' ', final: 'q' }, ([style]) => {
    cursorStyle = typeof style === 'number' ? style : undefined;
    return false;
  });
  terminal.parser.registerCsiHandler({ final: 'r' }, (parameters) => {
    region = parseRegion(parameters, terminal.rows);
    return false;
  });
  terminal.parser.registerEscHandler({ final: 'c' }, reset);
  terminal.parser.registerCsiHandler({ intermediates: '!', final: 'p' }, reset);
  terminal.onResize(() => {
    region = undefined;
  });
  return () => writeModes(modes) + (cursorStyle === undefined ? '' : `\x1b[${cursorStyle} q`) + writeRegion(region);
}

function parseRegion([top, bottom]: Parameters, rows: number): readonly [number, number] | undefined {
  const first = Math.max(1, Number(top ?? 1));
  const last = Math.min(rows, Number(bottom ?? 0) || rows);
  return first < last && (first > 1 || last < rows) ? [first, last] : undefined;
}

/** Sequences that set or end a scroll region: DECSTBM, a full reset, a soft one. */
const regions = /\x1b(?:\[(\d*)(?:;(\d*))?r|c|\[!p)/g;

/** Whether the bytes leave a scroll region that is smaller than the screen; `undefined` when they say nothing of it. */
export function findLastRegion(bytes: Uint8Array, rows: number): boolean | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const last = [...text.matchAll(regions)].at(-1);
  if (last === undefined) return undefined;
  return parseRegion([Number(last[1] ?? 0), Number(last[2] ?? 0)], rows) !== undefined;
}

function writeModes(modes: ReadonlyMap<number, boolean>): string {
  return [...modes]
    .filter(([mode, isOn]) => isOn !== privateModes.get(mode))
    .map(([mode, isOn]) => `\x1b[?${mode}${isOn ? 'h' : 'l'}`)
    .join('');
}

/** Setting a region sends the cursor home, so its place is kept around it. */
function writeRegion(region: readonly [number, number] | undefined): string {
  return region === undefined ? '' : `\x1b7\x1b[${region[0]};${region[1]}r\x1b8`;
}

/** Second bytes after 0xE2 whose characters are one cell in every table: punctuation, lines, blocks, shapes. */
const narrowAfterE2 = new Set([0x80, 0x94, 0x95, 0x96]);

/** Whether the old width tables may be wrong: emoji, combining marks, decomposed Hangul, variation selectors. */
export function needsGraphemes(bytes: Uint8Array): boolean {
  if ([0xcc, 0xcd, 0xe1, 0xf0].some((lead) => bytes.includes(lead))) return true;
  for (let at = bytes.indexOf(0xe2); at >= 0; at = bytes.indexOf(0xe2, at + 1)) {
    const isJoiner = bytes[at + 1] === 0x80 && bytes[at + 2] === 0x8d;
    if (isJoiner || !narrowAfterE2.has(bytes[at + 1] ?? 0x80)) return true;
  }
  for (let at = bytes.indexOf(0xef); at >= 0; at = bytes.indexOf(0xef, at + 1)) {
    if (bytes[at + 1] === 0xb8) return true;
  }
  return false;
}
