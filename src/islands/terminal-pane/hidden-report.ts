/**
 * Tells the server when nobody sees the page, so that no program waits for what a hidden page renders. Knows nothing about sockets.
 */
import type { TerminalConnectionOptions } from './connection-options.ts';

/** Says it for one connection. */
export class HiddenReport {
  readonly #say: (isHidden: boolean) => void;
  #isHidden = false;

  constructor(
    { hiding, signal }: Pick<TerminalConnectionOptions, 'hiding' | 'signal'>,
    say: (isHidden: boolean) => void,
  ) {
    this.#say = say;
    hiding?.((isHidden) => this.#handleChange(isHidden), signal);
  }

  /** The server has a new attachment, which counts as seen. */
  handleAttached(): void {
    if (this.#isHidden) this.#say(true);
  }

  #handleChange(isHidden: boolean): void {
    if (isHidden === this.#isHidden) return;
    this.#isHidden = isHidden;
    this.#say(isHidden);
  }
}
