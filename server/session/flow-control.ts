/**
 * Decides whether a pty is read on. The fastest viewer sets the pace: reading waits when every viewer that is
 * alive is a window behind, so that Ctrl-C is felt; slower ones fall behind and are caught up from the backlog
 * or by a screen. With nobody awake reading goes on, so that no program ever freezes for want of a page; but at a
 * pace of its own, so that a flood that nobody sees does not take the server's time from the others.
 * Read-only viewers and hidden pages count for nothing here: they neither hold up the one who works nor hurry output past them.
 * Knows nothing about ptys: it calls `pause` and `resume`.
 */
import { type Rate, TokenBucket } from './token-bucket.ts';
import type { Viewer } from './viewer.ts';

/** A viewer that acknowledges nothing for so long is taken for asleep (a closed lid) and holds up nobody, ms. */
export const asleepAfterMs = 10_000;

/**
 * How fast output is read that nobody awake waits for, bytes: a build or a download passes at full speed, `yes` does not fill a
 * CPU until somebody comes back to it.
 */
export const unattendedRate: Rate = { perSecond: 2 * 1024 * 1024, burst: 32 * 1024 * 1024 };

/** Shortest wait of such a flood, ms. */
const leastPaceMs = 20;

/** What flow control acts upon. */
export interface FlowControlOptions {
  readonly viewers: ReadonlySet<Viewer>;
  readonly now: () => number;
  readonly pause: () => void;
  readonly resume: () => void;
  /** Whether bytes that a snapshot in the making still needs are about to be dropped. */
  readonly mustHoldForScreen: () => boolean;
}

/**
 * Who is there to see output: somebody who takes more; only such as are a window behind; only such as wait for a screen; nobody awake.
 */
type Audience = 'ready' | 'behind' | 'waiting' | 'none';

/** Pauses and resumes one pty. */
export class FlowControl implements Disposable {
  readonly #options: FlowControlOptions;
  #hasPressure = false;
  #isPaused = false;
  #timer: NodeJS.Timeout | undefined;
  readonly #unattended: TokenBucket;
  /** Set while reading waits because nobody is awake to see it. */
  #pace: NodeJS.Timeout | undefined;

  constructor(options: FlowControlOptions) {
    this.#options = options;
    this.#unattended = new TokenBucket(unattendedRate, options.now);
  }

  /** So much was read. */
  handleOutput(bytes: number): void {
    const audience = this.#findAudience();
    if (audience === 'none') {
      const waitMs = this.#unattended.borrow(bytes);
      if (waitMs > 0) this.#waitForPace(waitMs);
    }
    this.#decide(audience);
  }

  /** The screen has too much, or no longer too much, to parse. */
  setPressure(hasPressure: boolean): void {
    this.#hasPressure = hasPressure;
    this.update();
  }

  /** Decides anew: after output, acknowledgements, and viewers coming and going. */
  update(): void {
    this.#decide(this.#findAudience());
  }

  #decide(audience: Audience): void {
    const areAllBehind = audience === 'behind';
    if (this.#pace !== undefined && audience !== 'none') this.#endPace();
    const isPaced = this.#pace !== undefined;
    const shouldPause = this.#hasPressure || areAllBehind || isPaced || this.#options.mustHoldForScreen();
    if (areAllBehind) this.#lookAgainLater();
    if (shouldPause === this.#isPaused) return;
    this.#isPaused = shouldPause;
    if (shouldPause) this.#options.pause();
    else this.#options.resume();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#endPace();
  }

  /** One pass over the viewers: this is done for every read. */
  #findAudience(): Audience {
    let audience: Audience = 'none';
    for (const viewer of this.#options.viewers) {
      if (viewer.readOnly || viewer.isHidden) continue;
      const takesMore = !viewer.isBlocked;
      if (takesMore && !viewer.isWaitingForScreen) return 'ready';
      if (!takesMore && !this.#isAwake(viewer)) continue;
      if (!viewer.isWaitingForScreen) audience = 'behind';
      else if (audience === 'none') audience = 'waiting';
    }
    return audience;
  }

  #isAwake({ flow }: Viewer): boolean {
    return flow.awaitedSinceMs > this.#options.now() - asleepAfterMs;
  }

  /** A little longer than owed, so that a flood does not stop and start for every read. */
  #waitForPace(waitMs: number): void {
    this.#pace ??= setTimeout(
      () => {
        this.#pace = undefined;
        this.update();
      },
      Math.max(waitMs, leastPaceMs),
    ).unref();
  }

  #endPace(): void {
    clearTimeout(this.#pace);
    this.#pace = undefined;
  }

  /** Nothing else happens while reading waits, so a viewer that fell asleep is noticed by a timer. */
  #lookAgainLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.update();
    }, asleepAfterMs).unref();
  }
}
