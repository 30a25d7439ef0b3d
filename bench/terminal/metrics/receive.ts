/** Receives an exact number of bytes that a page's program prints after a marker. */
import type { Page } from '../pages/page.ts';

/** What is expected. */
export interface Expected {
  /** Runs in the shell; its output is passed through as it is. */
  readonly command: string;
  readonly bytes: number;
  /** Sees the bytes. */
  readonly onBytes?: (bytes: Uint8Array) => void;
  readonly withinMs: number;
}

const marker = 'BEGIN-OF-OUTPUT';
/** Written so that the echo of the command is not taken for it. */
const typedMarker = `'BEGIN-''OF-''OUTPUT'`;

/**
 * Runs the command and resolves with the milliseconds from its first byte's marker to its last byte. Throws when
 * bytes are missing.
 */
export async function receiveExactly(
  page: Page,
  { command, bytes, onBytes = () => {}, withinMs }: Expected,
): Promise<number> {
  const counter = new MarkedBytes(bytes, onBytes);
  page.onOutput = (piece) => counter.add(piece);
  page.type(`stty -opost -echo; printf ${typedMarker}; ${command}; stty opost echo\r`);
  await page.until(`${bytes} bytes`, () => counter.leftBytes === 0, withinMs);
  page.onOutput = () => {};
  await page.until('the prompt', () => page.isAtPrompt, withinMs);
  return counter.endMs - counter.beginMs;
}

/** Finds the marker and counts what follows it. */
class MarkedBytes {
  readonly #onBytes: (bytes: Uint8Array) => void;
  #before: Buffer | undefined = Buffer.alloc(0);
  leftBytes: number;
  beginMs = Number.NaN;
  endMs = Number.NaN;

  constructor(bytes: number, onBytes: (bytes: Uint8Array) => void) {
    this.leftBytes = bytes;
    this.#onBytes = onBytes;
  }

  add(piece: Uint8Array): void {
    if (this.leftBytes === 0) return;
    const wanted = (this.#before === undefined ? piece : this.#seek(this.#before, piece)).subarray(0, this.leftBytes);
    if (wanted.length === 0) return;
    this.leftBytes -= wanted.length;
    this.#onBytes(wanted);
    if (this.leftBytes === 0) this.endMs = performance.now();
  }

  #seek(before: Buffer, piece: Uint8Array): Uint8Array {
    const text = Buffer.concat([before, piece]);
    const at = text.indexOf(marker);
    this.#before = at < 0 ? text.subarray(-marker.length) : undefined;
    if (at < 0) return text.subarray(0, 0);
    this.beginMs = performance.now();
    return text.subarray(at + marker.length);
  }
}
