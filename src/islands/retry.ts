/**
 * Trying again with growing, jittered pauses, and at once when the world says that it may work now.
 * Knows nothing about what is tried.
 */

/** Calls the listener whenever trying again at once is worthwhile; stops when the signal aborts. */
export type WakeSource = (listener: () => void, signal: AbortSignal) => void;

/** How a retry behaves. */
export interface RetryOptions {
  readonly run: () => void;
  readonly signal: AbortSignal;
  readonly wake?: WakeSource | undefined;
  /** First pause; each further one doubles. Default 400 ms: a blink of Wi-Fi is not noticed. */
  readonly firstMs?: number | undefined;
  /** Longest pause. Default 15 s: a class of 40 pages does not storm a server that comes back. */
  readonly mostMs?: number | undefined;
  readonly random?: (() => number) | undefined;
}

/** A running retry. */
export interface Retry {
  /** Runs after the next pause; returns that pause in milliseconds. */
  schedule(): number;
  /** Forgets earlier failures and whatever is scheduled. */
  reset(): void;
  /** Runs at once if something is scheduled. */
  hurry(): void;
}

/** Pause before attempt `attempt` (0, 1, …): doubled each time, then spread over its upper half. */
export function retryPauseMs(attempt: number, options: Pick<RetryOptions, 'firstMs' | 'mostMs' | 'random'>): number {
  const { firstMs = 400, mostMs = 15_000, random = Math.random } = options;
  const grown = Math.min(mostMs, firstMs * 2 ** Math.min(attempt, 16));
  return Math.round(grown / 2 + (grown / 2) * random());
}

/** Makes a retry that ends with its signal. */
export function createRetry(options: RetryOptions): Retry {
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const hurry = () => {
    if (timer === undefined) return;
    stop();
    attempt = 0;
    options.run();
  };
  options.signal.addEventListener('abort', stop);
  options.wake?.(hurry, options.signal);
  return {
    hurry,
    reset: () => {
      stop();
      attempt = 0;
    },
    schedule: () => {
      stop();
      const pauseMs = retryPauseMs(attempt++, options);
      timer = setTimeout(() => {
        timer = undefined;
        options.run();
      }, pauseMs);
      return pauseMs;
    },
  };
}
