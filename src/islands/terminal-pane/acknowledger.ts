/**
 * Says how far the page has rendered: now and then while output floods, and once it is quiet.
 * Knows nothing about sockets.
 */

import { promptAckBytes } from '../../protocol/frame.ts';

/** How long less than `promptAckBytes` may wait. Nobody waits for it, and a message for every few keys gets in the way of their echoes. */
export const ackIdleMs = 500;

/** Below every position. */
const nothingSaid = -1;

/** Collects rendered positions and sends the newest now and then. */
export class Acknowledger {
  readonly #send: (seq: number) => void;
  #rendered = 0;
  #acked = nothingSaid;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (seq: number) => void) {
    this.#send = send;
  }

  /** Everything before `seq` is rendered. */
  rendered(seq: number): void {
    this.#rendered = Math.max(this.#rendered, seq);
    // The first one tells the length of the path, and may be of a snapshot, which fills the window by itself.
    const isFirst = this.#acked === nothingSaid && seq > 0;
    if (isFirst || this.#rendered - this.#acked >= promptAckBytes) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), ackIdleMs);
  }

  /** A new numbering, or a new socket: what is rendered next is said even when it adds no bytes (a snapshot). */
  restart(seq: number): void {
    this.stop();
    this.#rendered = seq;
    this.#acked = nothingSaid;
  }

  /** Nothing is sent from now on. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #flush(): void {
    this.stop();
    if (this.#rendered === this.#acked) return;
    this.#acked = this.#rendered;
    this.#send(this.#acked);
  }
}
