/**
 * Follows the numbered output: hands each byte to the screen exactly once and in order, knows what is
 * history, and says how far the screen has rendered.
 * Knows nothing about sockets; the screen is whatever can write bytes and call back.
 */

import type { ServerMessage } from '../../protocol/terminal.ts';

/** What the cursor needs of a screen. */
export interface ByteScreen {
  /** Shows bytes; `done` is called once they are rendered, in order. */
  write(bytes: Uint8Array, done: () => void): void;
}

/** Where output goes on after an attach. */
type Start = Pick<Extract<ServerMessage, { type: 'attached' }>, 'from' | 'liveFrom' | 'resume'>;

/** CAN leaves any half-read sequence, RIS clears the screen: in the byte stream, so that order is kept. */
const clearScreen = new Uint8Array([0x18, 0x1b, 0x63]);

/** Position in the output of one terminal. */
export class OutputCursor {
  readonly #screen: ByteScreen;
  readonly #onRendered: (seq: number) => void;
  #next = 0;
  #liveFrom = 0;
  #history = 0;
  /** Counts the beginnings: what was written before one says nothing about what is rendered after it. */
  #beginning = 0;
  #pendingWrites = 0;
  /** What is to be done after the last write. */
  #afterLast: (() => void)[] = [];

  constructor(screen: ByteScreen, onRendered: (seq: number) => void) {
    this.#screen = screen;
    this.#onRendered = onRendered;
  }

  /** Number of the next byte that is wanted. */
  get next(): number {
    return this.#next;
  }

  /** Whether the screen is reading history now: whatever it answers must not be sent. */
  get isHistory(): boolean {
    return this.#history > 0;
  }

  /** Continues as the server says; from nothing when it is `fresh`. `isNewLife` when the numbers mean something else now. */
  start({ from, liveFrom, resume }: Start, isNewLife: boolean): void {
    if (isNewLife || resume !== 'bytes') this.#beginning += 1;
    this.#next = from;
    this.#liveFrom = liveFrom;
    if (resume === 'fresh') this.#write(clearScreen, true, from);
  }

  /** Output whose first byte is `seq`. Returns false when bytes before it are missing. */
  output(seq: number, bytes: Uint8Array): boolean {
    if (seq > this.#next) return false;
    const fresh = bytes.subarray(Math.min(this.#next - seq, bytes.length));
    if (fresh.length === 0) return true;
    const historyBytes = Math.min(Math.max(this.#liveFrom - this.#next, 0), fresh.length);
    this.#advance(fresh.subarray(0, historyBytes), true);
    this.#advance(fresh.subarray(historyBytes), false);
    return true;
  }

  /** A snapshot that stands for everything before `seq`: history by nature. */
  snapshot(seq: number, bytes: Uint8Array): void {
    this.#next = seq;
    this.#write(clearScreen, true);
    this.#write(bytes, true, seq);
  }

  /** Does something between what the screen was given so far and what comes next. */
  afterWritten(act: () => void): void {
    if (this.#pendingWrites === 0) act();
    else this.#afterLast.push(act);
  }

  #advance(bytes: Uint8Array, isHistory: boolean): void {
    if (bytes.length === 0) return;
    this.#next += bytes.length;
    this.#write(bytes, isHistory, this.#next);
  }

  /** `seq` is what is rendered then; nothing new when it is left out. */
  #write(bytes: Uint8Array, isHistory: boolean, seq?: number): void {
    const beginning = this.#beginning;
    const after: (() => void)[] = [];
    this.#afterLast = after;
    this.#pendingWrites += 1;
    if (isHistory) this.#history += 1;
    // xterm.js calls back right after it parsed this piece and before it parses the next one.
    this.#screen.write(bytes, () => {
      if (isHistory) this.#history -= 1;
      this.#pendingWrites -= 1;
      if (seq !== undefined && beginning === this.#beginning) this.#onRendered(seq);
      for (const act of after) act();
    });
  }
}
