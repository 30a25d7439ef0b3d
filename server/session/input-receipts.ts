/**
 * Tells a viewer how much of its input has arrived: a moment later and for several keys at once, so that the
 * echo of a key goes out first; at once when a paste waits for it. Knows nothing about ptys or sockets.
 */

/** How long a receipt may wait, ms: one for two dozen fast keys, so that it seldom gets in the way of an echo; no page waits for it. */
export const receiptDelayMs = 100;
/** Input after which a receipt goes at once, bytes: a quarter of what a page sends unconfirmed. */
export const promptReceiptBytes = 64 * 1024;

/** Sends the receipts of one viewer. */
export class InputReceipts implements Disposable {
  readonly #send: (received: number) => void;
  #received = 0;
  #told = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `told` is what the viewer knows already. */
  constructor(told: number, send: (received: number) => void) {
    this.#told = told;
    this.#received = told;
    this.#send = send;
  }

  /** So many bytes of the viewer's input have arrived in all. When that is nothing new, somebody asks whether we are there: told at once. */
  note(received: number): void {
    const isQuestion = received === this.#received;
    this.#received = received;
    this.#timer ??= setTimeout(() => this.flush(), receiptDelayMs);
    if (isQuestion || received - this.#told >= promptReceiptBytes) this.flush();
  }

  /** Tells now what waits to be told, if anything. */
  flush(): void {
    if (this.#timer === undefined) return;
    this[Symbol.dispose]();
    this.#told = this.#received;
    this.#send(this.#received);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
