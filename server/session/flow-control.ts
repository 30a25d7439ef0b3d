/**
 * Decides whether a pty is read on. The fastest viewer sets the pace: reading waits when every viewer that is
 * alive is a window behind, so that Ctrl-C is felt; slower ones fall behind and are caught up from the backlog
 * or by a screen. With nobody attached reading goes on, so that no program ever freezes for want of a page.
 * Knows nothing about ptys: it calls `pause` and `resume`.
 */
import type { Viewer } from './viewer.ts';

/** A viewer that acknowledges nothing for so long is taken for asleep (a closed lid) and holds up nobody, ms. */
export const asleepAfterMs = 10_000;

/** What flow control acts upon. */
export interface FlowControlOptions {
  readonly viewers: ReadonlySet<Viewer>;
  readonly now: () => number;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Whether bytes that a snapshot in the making still needs are about to be dropped. */
  readonly mustHoldForScreen: () => boolean;
}

/** Pauses and resumes one pty. */
export class FlowControl implements Disposable {
  readonly #options: FlowControlOptions;
  #hasPressure = false;
  #isPaused = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FlowControlOptions) {
    this.#options = options;
  }

  /** The screen has too much, or no longer too much, to parse. */
  setPressure(hasPressure: boolean): void {
    this.#hasPressure = hasPressure;
    this.update();
  }

  /** Decides anew: after output, acknowledgements, and viewers coming and going. */
  update(): void {
    const areAllBehind = this.#areAllBehind();
    const shouldPause = this.#hasPressure || areAllBehind || this.#options.mustHoldForScreen();
    if (areAllBehind) this.#lookAgainLater();
    if (shouldPause === this.#isPaused) return;
    this.#isPaused = shouldPause;
    if (shouldPause) this.#options.pause();
    else this.#options.resume();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
  }

  #areAllBehind(): boolean {
    const asleepBefore = this.#options.now() - asleepAfterMs;
    let isAnyoneAwake = false;
    for (const viewer of this.#options.viewers) {
      if (viewer.isWaitingForScreen) continue;
      if (!viewer.isBlocked) return false;
      isAnyoneAwake ||= viewer.flow.lastAckMs > asleepBefore;
    }
    return isAnyoneAwake;
  }

  /** Nothing else happens while reading waits, so a viewer that fell asleep is noticed by a timer. */
  #lookAgainLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.update();
    }, asleepAfterMs).unref();
  }
}
