/**
 * Screens that are being drawn, while output goes on: what comes after them must not leave the backlog before they are done.
 * Knows nothing about viewers.
 */
import type { Backlog } from './backlog.ts';
import type { Screen, Snapshot } from './screen.ts';

/** While a screen is drawn, reading waits before the bytes after it are this close to being dropped. */
const marginBytes = 256 * 1024;

/** What screens are drawn from. */
export interface ScreenDrawsOptions {
  readonly screen: Screen;
  readonly backlog: Backlog;
  /** The backlog's capacity. */
  readonly backlogBytes: number;
  /** A screen is done. */
  readonly onDone: () => void;
}

/** Draws the screen of one terminal. */
export class ScreenDraws {
  readonly #options: ScreenDrawsOptions;
  #running: { readonly from: number; pending: number } | undefined;

  constructor(options: ScreenDrawsOptions) {
    this.#options = options;
  }

  /** Whether reading must wait. */
  get mustHold(): boolean {
    if (this.#running === undefined) return false;
    const { backlog, backlogBytes } = this.#options;
    const margin = Math.min(marginBytes, backlogBytes >> 1);
    return backlog.end - this.#running.from > backlogBytes - margin;
  }

  /** The screen as it stands, as escape sequences. */
  async draw(): Promise<Snapshot> {
    const { screen, backlog, onDone } = this.#options;
    this.#running ??= { from: backlog.end, pending: 0 };
    this.#running.pending += 1;
    try {
      return await screen.snapshot();
    } finally {
      this.#running.pending -= 1;
      if (this.#running.pending === 0) this.#running = undefined;
      onDone();
    }
  }
}
