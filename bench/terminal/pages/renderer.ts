/**
 * Stands in for a browser that renders so many bytes a second: whoever shows bytes hears when they are done, in
 * order. Knows nothing about terminals.
 */

/** How often a limited renderer goes on, ms: about a browser's frame. */
const tickMs = 5;

interface Piece {
  readonly bytes: number;
  readonly handleRendered: (() => void) | undefined;
}

/** Renders pieces one after the other. */
export class Renderer {
  readonly #bytesPerMs: number;
  readonly #handleProgress: () => void;
  readonly #queue: Piece[] = [];
  #credit = 0;
  #atMs = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Handed over but not rendered yet, bytes; and the most there ever was. */
  waitingBytes = 0;
  mostWaitingBytes = 0;

  /** `bytesPerSecond` may be infinite: then everything is rendered as it comes. */
  constructor(bytesPerSecond: number, handleProgress: () => void) {
    this.#bytesPerMs = bytesPerSecond / 1000;
    this.#handleProgress = handleProgress;
  }

  /** Renders `bytes` after what came before. */
  render(bytes: number, handleRendered?: () => void): void {
    if (this.#bytesPerMs === Number.POSITIVE_INFINITY) {
      handleRendered?.();
      return;
    }
    this.waitingBytes += bytes;
    this.mostWaitingBytes = Math.max(this.mostWaitingBytes, this.waitingBytes);
    this.#queue.push({ bytes, handleRendered });
    if (this.#timer === undefined) this.#start();
  }

  /** Renders nothing more. */
  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#queue.length = 0;
  }

  #start(): void {
    this.#atMs = performance.now();
    this.#credit = 0;
    this.#timer = setInterval(() => this.#tick(), tickMs);
  }

  #tick(): void {
    const now = performance.now();
    this.#credit += (now - this.#atMs) * this.#bytesPerMs;
    this.#atMs = now;
    for (let next = this.#queue[0]; next !== undefined && next.bytes <= this.#credit; next = this.#queue[0]) {
      this.#queue.shift();
      this.#credit -= next.bytes;
      this.waitingBytes -= next.bytes;
      next.handleRendered?.();
    }
    if (this.#queue.length === 0) this.stop();
    this.#handleProgress();
  }
}
