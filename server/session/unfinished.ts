/**
 * Finds where output was cut in the midst of something: programs' output is read in pieces that end anywhere, also within a
 * character or an escape sequence. Knows nothing about screens.
 */

/** How far back a beginning is looked for, bytes: a longer one is a picture or a clipboard. */
export const mostUnfinishedBytes = 64 * 1024;

const esc = '\x1b';
/** ESC, CSI, OSC and the other strings without what ends them. CAN, SUB and another ESC end all of them. */
const unfinished = /^\x1b(?:[ -/]*|\[[0-?]*[ -/]*|\][^\x07\x18\x1a]*|[PX^_][^\x18\x1a]*)$/;
/** Bytes of a character by its first one. */
const characterBytes = [
  { from: 0xf0, bytes: 4 },
  { from: 0xe0, bytes: 3 },
  { from: 0xc0, bytes: 2 },
] as const;

/** How many bytes at the end begin a sequence or a character that is not complete. */
export function countUnfinished(bytes: Uint8Array): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const begin = text.lastIndexOf(esc);
  if (begin >= 0 && unfinished.test(text.slice(begin))) return text.length - begin;
  return countUnfinishedCharacter(bytes.subarray(-3));
}

function countUnfinishedCharacter(last: Uint8Array): number {
  const begin = last.findLastIndex((byte) => byte < 0x80 || byte >= 0xc0);
  const first = last[begin] ?? 0;
  const wanted = characterBytes.find(({ from }) => first >= from)?.bytes ?? 0;
  return wanted > last.length - begin ? last.length - begin : 0;
}
