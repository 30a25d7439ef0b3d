/**
 * Recognises output that only scrolls: lines of text, colours, erase-to-end-of-line. When enough of such
 * lines follow each other, the earlier ones leave no trace on a screen but their last colours, so a flood
 * need not be parsed at the speed of a terminal emulator. Knows nothing about screens.
 */

/** What a piece of output was found to be. */
export type OutputKind =
  | {
      readonly kind: 'plain';
      /** Index after the first and after the last line feed. */
      readonly firstLine: number;
      readonly lastLine: number;
      readonly lines: number;
      /** Colour sequences up to the last line feed that are still in force. */
      readonly colours: string;
    }
  | { readonly kind: 'other' };

const esc = 0x1b;
const lf = 0x0a;
const cr = 0x0d;
const final = { sgr: 0x6d, eraseLine: 0x4b } as const;
/** VT and FF feed lines, SO and SI switch character sets. */
const otherControls = [0x0b, 0x0c, 0x0e, 0x0f] as const;
/** Most colour sequences without a reset that are carried along, characters. */
const maxColours = 4096;
const other: OutputKind = { kind: 'other' };

/** Looks through a piece of output that begins outside an escape sequence (or in the rest of one). */
export function classifyOutput(bytes: Uint8Array): OutputKind {
  const lastLine = bytes.lastIndexOf(lf) + 1;
  if (lastLine === 0) return other;
  const lines = bytes.subarray(0, lastLine);
  const firstLine = lines.indexOf(lf) + 1;
  if (!startsLineAt(bytes, firstLine) || !startsLineAt(bytes, lastLine) || hasOtherControls(lines)) return other;
  const colours = collectColours(lines);
  if (colours === undefined) return other;
  return { kind: 'plain', firstLine, lastLine, lines: countLines(lines), colours };
}

/** A bare line feed goes down in the same column: only CR LF begins a line. */
function startsLineAt(bytes: Uint8Array, index: number): boolean {
  return bytes[index - 2] === cr;
}

function hasOtherControls(bytes: Uint8Array): boolean {
  if (otherControls.some((byte) => bytes.includes(byte))) return true;
  // C1 controls in UTF-8: 0xC2 0x80 to 0xC2 0x9F.
  for (let at = bytes.indexOf(0xc2); at >= 0; at = bytes.indexOf(0xc2, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next >= 0x80 && next <= 0x9f) return true;
  }
  return false;
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(lf); at >= 0; at = bytes.indexOf(lf, at + 1)) count += 1;
  return count;
}

/** The colours in force at the end; `undefined` when there is any other escape sequence. */
function collectColours(bytes: Uint8Array): string | undefined {
  let colours = '';
  for (let at = bytes.indexOf(esc); at >= 0; at = bytes.indexOf(esc, at)) {
    const end = endOfSequence(bytes, at);
    if (end < 0) return undefined;
    if (bytes[end - 1] === final.sgr) {
      const isReset = end - at === 3 || (end - at === 4 && bytes[at + 2] === 0x30);
      if (isReset) colours = '';
      colours += Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString('latin1');
      if (colours.length > maxColours) return undefined;
    }
    at = end;
  }
  return colours;
}

/** Index after a colour or erase-line sequence that begins at `start`; -1 for anything else. */
function endOfSequence(bytes: Uint8Array, start: number): number {
  if (bytes[start + 1] !== 0x5b) return -1;
  for (let at = start + 2; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === final.sgr || byte === final.eraseLine) return at + 1;
    const isParameter = byte >= 0x30 && byte <= 0x3b;
    if (!isParameter) return -1;
  }
  return -1;
}
