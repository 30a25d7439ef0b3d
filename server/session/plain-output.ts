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
const harmless = Uint8Array.from({ length: 256 }, (_, byte) => ([0x00, 0x07, 0x08, 0x09, cr].includes(byte) ? 1 : 0));

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
  const words = wordsOf(bytes);
  for (let at = 0; at < lastLine; ) {
    if (at % 4 === 0) at = skipText(words, at);
    const byte = bytes[at] ?? 0;
    if (byte > esc && byte !== leadOfC1) at += 1;
    else if (byte === lf) {
      at += 1;
      lines += 1;
      // One that comes first may have its CR in the piece before: the first line that is seen whole counts.
      if (firstLine <= 1) firstLine = at;
    } else if (byte === esc) {
      const end = endOfSequence(bytes, at);
      if (end < 0) return other;
      if (bytes[end - 1] === final.sgr && isReset(bytes, at, end)) reset = at;
      at = end;
    } else if (isHarmless(byte, bytes[at + 1] ?? 0)) at += 1;
    else return other;
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

/** The same bytes four by four, for every byte of a flood passes here; none where they do not lie so. */
function wordsOf(bytes: Uint8Array): Int32Array {
  const isAligned = bytes.byteOffset % 4 === 0;
  return new Int32Array(bytes.buffer, isAligned ? bytes.byteOffset : 0, isAligned ? bytes.length >> 2 : 0);
}

/** Goes on from `at` over groups of four bytes that are all text. */
function skipText(words: Int32Array, at: number): number {
  let word = at >> 2;
  while (word < words.length && isText(words[word] ?? 0)) word += 1;
  return Math.max(at, word << 2);
}

/**
 * Whether none of four bytes is a control character or `leadOfC1`. A byte below n sets its highest bit in (x - n) & ~x; one that
 * equals c is the one that is 0, hence below 1, after x ^ c.
 */
function isText(four: number): boolean {
  const unlikeC1 = four ^ 0xc2c2c2c2;
  return ((((four - 0x20202020) & ~four) | ((unlikeC1 - 0x01010101) & ~unlikeC1)) & 0x80808080) === 0;
}

/** Whether a control character or `leadOfC1` moves nothing but along its line. */
function isHarmless(byte: number, next: number): boolean {
  return byte === leadOfC1 ? next < 0x80 || next > 0x9f : harmless[byte] === 1;
}

/** Index after a colour or erase-line sequence that begins at `start`; -1 for anything else. */
function endOfSequence(bytes: Uint8Array, start: number): number {
  if (bytes[start + 1] !== openBracket) return -1;
  let at = start + 2;
  // Digits, colons and semicolons.
  while ((bytes[at] ?? 0) >= 0x30 && (bytes[at] ?? 0) <= 0x3b) at += 1;
  return bytes[at] === final.sgr || bytes[at] === final.eraseLine ? at + 1 : -1;
}
