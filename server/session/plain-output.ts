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
  // Where the last reset of all colours begins.
  let reset = 0;
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
      if (bytes[end - 1] === final.sgr && isReset(bytes, at, end)) reset = at;
      at = end - 1;
    } else if (meaning === control || isC1(bytes[at + 1] ?? 0)) return other;
  }
  // A bare line feed goes down in the same column: only CR LF begins a line.
  if (bytes[firstLine - 2] !== cr || bytes[lastLine - 2] !== cr) return other;
  const colours = collectColours(bytes.subarray(reset, lastLine));
  return colours === undefined ? other : { kind: 'plain', firstLine, lastLine, lines, colours };
}

function isReset(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === 3 || (end - start === 4 && bytes[start + 2] === 0x30);
}

/** The colour sequences of a piece whose sequences are all known; `undefined` when there are too many. */
function collectColours(bytes: Uint8Array): string | undefined {
  let colours = '';
  let count = 0;
  for (let at = bytes.indexOf(esc); at >= 0; at = bytes.indexOf(esc, at)) {
    const end = endOfSequence(bytes, at);
    if (bytes[end - 1] === final.sgr) {
      colours += String.fromCharCode(...bytes.subarray(at, end));
      count += 1;
    }
    if (count > maxColours) return undefined;
    at = end;
  }
  return colours;
}

function isC1(second: number): boolean {
  return second >= 0x80 && second <= 0x9f;
}

/** Index after a colour or erase-line sequence that begins at `start`; -1 for anything else. */
function endOfSequence(bytes: Uint8Array, start: number): number {
  if (bytes[start + 1] !== openBracket) return -1;
  let at = start + 2;
  // Digits, colons and semicolons.
  while ((bytes[at] ?? 0) >= 0x30 && (bytes[at] ?? 0) <= 0x3b) at += 1;
  return bytes[at] === final.sgr || bytes[at] === final.eraseLine ? at + 1 : -1;
}
