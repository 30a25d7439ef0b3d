/**
 * Notices that something may have happened in a program that gives no marks (a shell inside a container, ssh
 * to another machine): Enter was typed and no command ended within a while. Knows nothing about ptys.
 */

/** How long after Enter a command's end is awaited, ms. */
export const activityDelayMs = 1_500;
const enter = 0x0d;

/** Watches input and command ends. */
export class ActivityWatch implements Disposable {
  readonly #onActivity: () => void;
  readonly #delayMs: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(onActivity: () => void, delayMs: number = activityDelayMs) {
    this.#onActivity = onActivity;
    this.#delayMs = delayMs;
  }

  /** Bytes were typed. The wait runs from the first Enter, so that steady typing does not put it off. */
  handleInput(bytes: Uint8Array): void {
    if (this.#timer !== undefined || !bytes.includes(enter)) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#onActivity();
    }, this.#delayMs);
    this.#timer.unref();
  }

  /** The shell said that a command ended. */
  handleCommandEnd(): void {
    this[Symbol.dispose]();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
