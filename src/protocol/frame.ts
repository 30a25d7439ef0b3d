/**
 * The terminal's binary frames and the limits of its wire protocol: the part of `terminal.ts` that needs
 * no schema, so that a page can have it without one.
 * Knows nothing about sockets, xterm.js or ptys.
 */

/** Largest JSON control message, bytes. */
export const maxControlBytes = 4096;
/** Largest payload of one input frame, bytes; a longer paste is sent in several. */
export const maxInputBytes = 64 * 1024;
/** Largest payload of one output frame, bytes. */
export const maxOutputBytes = 64 * 1024;
/** So much that was rendered is acknowledged at once, bytes; less may wait for half a second. */
export const promptAckBytes = 32 * 1024;
/** Smallest and largest terminal size that is accepted. */
export const sizeLimits = { minCols: 2, maxCols: 500, minRows: 1, maxRows: 300 } as const;
/** Close code of a socket whose viewer came by a newer one: that page must not come back by itself. */
export const replacedCode = 4409;

/** Whether two terminal sizes are one. */
export function isSameSize(a: CellSize, b: CellSize): boolean {
  return a.cols === b.cols && a.rows === b.rows;
}

/** What `TerminalSize` of terminal.ts is, without its schema. */
interface CellSize {
  readonly cols: number;
  readonly rows: number;
}

const kinds = { output: 0x01, snapshot: 0x02, input: 0x11 } as const;
const headerBytes = 9;
/** Where numbers are written and read: a view of its own for every small frame would cost more than the frame. */
const seqView = new DataView(new ArrayBuffer(8));
const seqBytes = new Uint8Array(seqView.buffer);

/** A decoded binary frame. */
export type Frame =
  | { readonly kind: 'output'; readonly seq: number; readonly bytes: Uint8Array }
  | { readonly kind: 'snapshot'; readonly seq: number; readonly bytes: Uint8Array }
  | { readonly kind: 'input'; readonly seq: number; readonly bytes: Uint8Array };

/** Encodes a binary frame; copies the payload once, into memory of its own. */
export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  const encoded = new Uint8Array(countFrameBytes(frame));
  writeFrame(frame, encoded, 0);
  return encoded;
}

/** How long a frame is when it is encoded, bytes. */
export function countFrameBytes(frame: Frame): number {
  return headerBytes + frame.bytes.length;
}

/** Encodes a binary frame into memory that is there, from `at` on. */
export function writeFrame(frame: Frame, memory: Uint8Array, at: number): void {
  memory[at] = kinds[frame.kind];
  seqView.setFloat64(0, frame.seq);
  memory.set(seqBytes, at + 1);
  memory.set(frame.bytes, at + headerBytes);
}

/** Decodes a binary frame; `undefined` when it is not one of ours. The payload is a view, not a copy. */
export function decodeFrame(data: Uint8Array): Frame | undefined {
  if (data.length < headerBytes) return undefined;
  for (let at = 0; at < seqBytes.length; at += 1) seqBytes[at] = data[at + 1] ?? 0;
  const seq = seqView.getFloat64(0);
  if (!Number.isSafeInteger(seq) || seq < 0) return undefined;
  const bytes = data.subarray(headerBytes);
  if (data[0] === kinds.output) return { kind: 'output', seq, bytes };
  if (data[0] === kinds.snapshot) return { kind: 'snapshot', seq, bytes };
  if (data[0] === kinds.input) return bytes.length > maxInputBytes ? undefined : { kind: 'input', seq, bytes };
  return undefined;
}
