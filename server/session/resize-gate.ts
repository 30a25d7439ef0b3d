/**
 * Lets the first resize through at once and then at most one per interval, the last one winning: dragging a
 * divider must not make a full-screen program redraw at every pixel. Knows nothing about ptys.
 */
import type { TerminalSize } from '../../src/protocol/terminal.ts';

/** Least time between two resizes of a pty, ms. */
export const resizeIntervalMs = 50;

/** Spaces out resizes. */
export class ResizeGate implements Disposable {
  readonly #apply: (size: TerminalSize) => void;
  #waiting: TerminalSize | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(apply: (size: TerminalSize) => void) {
    this.#apply = apply;
  }

  /** The size that was asked for and is not applied yet. */
  get waiting(): TerminalSize | undefined {
    return this.#waiting;
  }

  /** Asks for a size. */
  request(size: TerminalSize): void {
    if (this.#timer !== undefined) {
      this.#waiting = size;
      return;
    }
    this.#apply(size);
    this.#timer = setTimeout(() => this.#open(), resizeIntervalMs);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #open(): void {
    this.#timer = undefined;
    const size = this.#waiting;
    this.#waiting = undefined;
    if (size !== undefined) this.request(size);
  }
}
