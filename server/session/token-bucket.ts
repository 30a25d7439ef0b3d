/**
 * A rate limit with room for bursts. Knows nothing about what is counted.
 */

/** A rate: so much per second, and so much at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Tokens that refill with time. */
export class TokenBucket {
  readonly #rate: Rate;
  readonly #now: () => number;
  #tokens: number;
  #atMs: number;

  constructor(rate: Rate, now: () => number = () => performance.now()) {
    this.#rate = rate;
    this.#now = now;
    this.#tokens = rate.burst;
    this.#atMs = now();
  }

  /** Takes `count` tokens when they are there; takes none otherwise. */
  take(count = 1): boolean {
    this.#refill();
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }

  /** Takes `count` tokens even if it has to borrow; returns how long to wait until the debt is paid, ms. */
  borrow(count: number): number {
    this.#refill();
    this.#tokens -= count;
    return this.#tokens >= 0 ? 0 : (-this.#tokens / this.#rate.perSecond) * 1000;
  }

  /** Whether nothing was taken lately. */
  get isFull(): boolean {
    this.#refill();
    return this.#tokens === this.#rate.burst;
  }

  #refill(): void {
    const now = this.#now();
    const earned = ((now - this.#atMs) * this.#rate.perSecond) / 1000;
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + earned);
    this.#atMs = now;
  }
}
