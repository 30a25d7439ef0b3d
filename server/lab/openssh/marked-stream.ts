/**
 * One output stream of a remote script: finds the marks, keeps the first bytes between them, counts the rest away.
 * Knows nothing about where the bytes come from.
 */

/** A stream being read. */
export interface MarkedStream {
  push(chunk: Uint8Array): void;
  readonly hasStarted: boolean;
  /** The script's exit status, once the closing mark was seen. */
  readonly exitCode: number | undefined;
  readonly isTruncated: boolean;
  /** What was kept, as text. A character that the cut goes through is left out. */
  text(): string;
}

/** More than any login message; beyond it nobody of ours will answer any more. */
const maxPreambleBytes = 1024 * 1024;
/** `255\n` and one to spare. */
const statusBytes = 5;

/** Starts reading. */
export function createMarkedStream(mark: string, maxBytes: number): MarkedStream {
  return new Stream(mark, maxBytes);
}

class Stream implements MarkedStream {
  hasStarted = false;
  exitCode: number | undefined;
  isTruncated = false;
  readonly #opening: Buffer;
  readonly #closing: Buffer;
  readonly #maxBytes: number;
  readonly #kept: Buffer[] = [];
  #keptBytes = 0;
  /** Bytes that may be the beginning of a mark. */
  #held = Buffer.alloc(0);

  constructor(mark: string, maxBytes: number) {
    this.#opening = Buffer.from(`${mark}+\n`);
    this.#closing = Buffer.from(`${mark}-`);
    this.#maxBytes = maxBytes;
  }

  push(chunk: Uint8Array): void {
    if (this.exitCode !== undefined) return;
    this.#held = Buffer.concat([this.#held, chunk]);
    if (!this.hasStarted) this.#lookForOpening();
    if (this.hasStarted) this.#lookForClosing();
  }

  text(): string {
    const bytes = Buffer.concat([
      ...this.#kept,
      ...(this.exitCode === undefined && this.hasStarted ? [this.#room(this.#held)] : []),
    ]);
    return new TextDecoder().decode(bytes, { stream: this.isTruncated });
  }

  #lookForOpening(): void {
    const at = this.#held.indexOf(this.#opening);
    if (at !== -1) {
      this.hasStarted = true;
      this.#held = this.#held.subarray(at + this.#opening.length);
    } else if (this.#held.length > maxPreambleBytes) {
      this.#held = this.#held.subarray(-this.#opening.length);
    }
  }

  #lookForClosing(): void {
    for (;;) {
      const at = this.#held.indexOf(this.#closing);
      this.#release(at === -1 ? this.#held.length - this.#closing.length : at);
      if (at === -1) return;
      const status = this.#held.subarray(this.#closing.length, this.#closing.length + statusBytes).toString('latin1');
      const found = /^(\d{1,3})\n/.exec(status);
      if (found !== null) this.exitCode = Number(found[1]);
      if (found !== null || /^\d{0,3}$/.test(status)) return;
      this.#release(this.#closing.length);
    }
  }

  #release(count: number): void {
    if (count <= 0) return;
    const kept = this.#room(this.#held.subarray(0, count));
    this.isTruncated ||= kept.length < count;
    this.#keptBytes += kept.length;
    // A copy: a slice would keep the whole chunk alive.
    if (kept.length > 0) this.#kept.push(Buffer.from(kept));
    this.#held = Buffer.from(this.#held.subarray(count));
  }

  #room(bytes: Buffer): Buffer {
    return bytes.subarray(0, this.#maxBytes - this.#keptBytes);
  }
}
