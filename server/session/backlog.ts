/**
 * The latest bytes that a terminal printed, numbered by their offset from its start. Memory is taken in
 * chunks as it is needed: a shell that only shows its prompt costs 4 KiB. Knows nothing about viewers.
 */

/** Settings of a backlog. */
export interface BacklogOptions {
  /** How much is kept, bytes; up to one chunk less right after a chunk was dropped. */
  readonly capacityBytes: number;
  /** Called before the oldest chunk goes; bytes before `end` cannot be read afterwards. */
  readonly onDrop?: (end: number) => void;
}

/** First chunk; each further one is twice as large up to the largest. */
const smallestChunkBytes = 4 * 1024;
/** As large as the largest output frame, so that a frame is one piece of one chunk. */
const largestChunkBytes = 64 * 1024;

interface Chunk {
  readonly start: number;
  readonly bytes: Uint8Array;
}

/** Bytes by absolute offset: append at the end, read anywhere that is still kept. */
export class Backlog {
  readonly #capacityBytes: number;
  readonly #largestChunkBytes: number;
  readonly #onDrop: (end: number) => void;
  readonly #chunks: Chunk[] = [];
  #keptBytes = 0;
  #end = 0;

  constructor({ capacityBytes, onDrop }: BacklogOptions) {
    this.#capacityBytes = capacityBytes;
    this.#largestChunkBytes = Math.max(1, Math.min(largestChunkBytes, capacityBytes >> 2));
    this.#onDrop = onDrop ?? (() => {});
  }

  /** Offset of the first byte that is still kept. */
  get start(): number {
    return this.#chunks[0]?.start ?? this.#end;
  }

  /** Offset after the last byte: how many were ever printed. */
  get end(): number {
    return this.#end;
  }

  /** Adds a copy of the bytes. */
  append(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const chunk = this.#chunkWithRoom();
      const used = this.#end - chunk.start;
      const room = chunk.bytes.length - used;
      const part = done === 0 && bytes.length <= room ? bytes : bytes.subarray(done, done + room);
      chunk.bytes.set(part, used);
      done += part.length;
      this.#end += part.length;
    }
  }

  /**
   * The bytes from `from`, at most `maxBytes` and perhaps fewer: as many as lie in one piece. A view that is
   * good until the next `append`. Empty at the end; `from` must not be before `start`.
   */
  view(from: number, maxBytes: number): Uint8Array {
    const chunk = this.#chunks[this.#indexOf(from)];
    if (chunk === undefined || from >= this.#end) return new Uint8Array(0);
    const used = Math.min(chunk.bytes.length, this.#end - chunk.start);
    const at = from - chunk.start;
    return chunk.bytes.subarray(at, Math.min(used, at + maxBytes));
  }

  /** A copy of the bytes between two offsets that are kept; shorter where `to` is beyond the end. */
  copy(from: number, to: number): Uint8Array {
    const bytes = new Uint8Array(Math.max(0, Math.min(to, this.#end) - from));
    for (let done = 0; done < bytes.length; ) {
      const piece = this.view(from + done, bytes.length - done);
      if (piece.length === 0) break;
      bytes.set(piece, done);
      done += piece.length;
    }
    return bytes;
  }

  #indexOf(offset: number): number {
    for (let index = this.#chunks.length - 1; index >= 0; index -= 1) {
      if ((this.#chunks[index]?.start ?? 0) <= offset) return index;
    }
    return -1;
  }

  #chunkWithRoom(): Chunk {
    const last = this.#chunks.at(-1);
    if (last !== undefined && this.#end - last.start < last.bytes.length) return last;
    const size = Math.min((last?.bytes.length ?? smallestChunkBytes >> 1) * 2, this.#largestChunkBytes);
    const bytes = this.#dropUntilRoomFor(size) ?? new Uint8Array(Buffer.allocUnsafeSlow(size).buffer);
    const chunk = { start: this.#end, bytes };
    this.#keptBytes += size;
    this.#chunks.push(chunk);
    return chunk;
  }

  /** Drops the oldest chunks; returns a dropped one's memory when it fits. */
  #dropUntilRoomFor(size: number): Uint8Array | undefined {
    let reusable: Uint8Array | undefined;
    while (this.#keptBytes + size > this.#capacityBytes) {
      const next = this.#chunks[1];
      const oldest = this.#chunks[0];
      if (oldest === undefined) break;
      this.#onDrop(next?.start ?? this.#end);
      this.#chunks.shift();
      this.#keptBytes -= oldest.bytes.length;
      if (oldest.bytes.length === size) reusable = oldest.bytes;
    }
    return reusable;
  }
}
