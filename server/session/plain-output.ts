/**
 * Recognises output that only scrolls: lines of text, colours, erase-to-end-of-line. When enough of such
 * lines follow each other, the earlier ones leave no trace on a screen but their last colours, so a flood
 * need not be parsed at the speed of a terminal emulator. Knows nothing about screens.
 */

/** What a piece of output was found to be. */
export type OutputKind =
  | {
      readonly kind: 'plain';
      /** Index after the first line feed that has a byte before it, and after the last one. */
      readonly firstLine: number;
      readonly lastLine: number;
      readonly lines: number;
      /** Colour sequences up to the last line feed that are still in force. */
      readonly colours: string;
    }
  | { readonly kind: 'other' };

const lf = 0x0a;
const cr = 0x0d;
const esc = 0x1b;
const openBracket = 0x5b;
const final = { sgr: 0x6d, eraseLine: 0x4b } as const;
/** Lead byte of U+0080 to U+00BF, among them the C1 controls U+0080 to U+009F. */
const leadOfC1 = 0xc2;
/** BEL, BS, TAB and CR stay within a line. VT and FF feed lines, SO and SI switch character sets: these do not. */
const harmless: readonly number[] = [0x00, 0x07, 0x08, 0x09, cr];

/** What a byte asks for; looked up, as every byte of a flood passes here. */
const text = 0;
const lineFeed = 1;
const sequence = 2;
const maybeC1 = 3;
const control = 4;
const meanings = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === lf) return lineFeed;
  if (byte === esc) return sequence;
  if (byte === leadOfC1) return maybeC1;
  return byte > esc || harmless.includes(byte) ? text : control;
});

/** Most colour sequences without a reset that are carried along. */
const maxColours = 200;
const other: OutputKind = { kind: 'other' };

/** Looks through a piece of output that begins outside an escape sequence (or in the rest of one). */
export function classifyOutput(bytes: Uint8Array): OutputKind {
  const lastLine = bytes.lastIndexOf(lf) + 1;
  if (lastLine === 0) return other;
  let firstLine = 0;
  let lines = 0;
  // Where the colour sequences since the last reset begin and end.
  const colours: number[] = [];
  let coloured = 0;
  for (let at = 0; at < lastLine; at += 1) {
    const meaning = meanings[bytes[at] ?? 0];
    if (meaning === text) continue;
    if (meaning === lineFeed) {
      lines += 1;
      // One that comes first may have its CR in the piece before: the first line that is seen whole counts.
      if (firstLine <= 1) firstLine = at + 1;
    } else if (meaning === sequence) {
      const end = endOfSequence(bytes, at);
      if (end < 0) return other;
      if (bytes[end - 1] === final.sgr) {
        if (isReset(bytes, at, end)) coloured = 0;
        colours[coloured] = at;
        colours[coloured + 1] = end;
        coloured += 2;
        if (coloured > 2 * maxColours) return other;
      }
      at = end - 1;
    } else if (meaning === control || isC1(bytes[at + 1] ?? 0)) return other;
  }
  // A bare line feed goes down in the same column: only CR LF begins a line.
  if (bytes[firstLine - 2] !== cr || bytes[lastLine - 2] !== cr) return other;
  return { kind: 'plain', firstLine, lastLine, lines, colours: joinPieces(bytes, colours.slice(0, coloured)) };
}

function isReset(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === 3 || (end - start === 4 && bytes[start + 2] === 0x30);
}

/** The text of the pieces whose bounds follow each other in `bounds`. */
function joinPieces(bytes: Uint8Array, bounds: readonly number[]): string {
  let joined = '';
  for (let index = 0; index < bounds.length; index += 2) {
    joined += String.fromCharCode(...bytes.subarray(bounds[index], bounds[index + 1]));
  }
  return joined;
}

function isC1(second: number): boolean {
  return second >= 0x80 && second <= 0x9f;
}

/** Index after a colour or erase-line sequence that begins at `start`; -1 for anything else. */
function endOfSequence(bytes: Uint8Array, start: number): number {
  if (bytes[start + 1] !== openBracket) return -1;
  for (let at = start + 2; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === final.sgr || byte === final.eraseLine) return at + 1;
    const isParameter = byte >= 0x30 && byte <= 0x3b;
    if (!isParameter) return -1;
  }
  return -1;
}
