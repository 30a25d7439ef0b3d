/**
 * The numbered record of what a viewer typed: what is on its way, what waits, what has arrived.
 * Nothing leaves the record before the server said that it reached the shell.
 * Knows nothing about sockets or xterm.js.
 */
import { maxInputBytes } from '../../protocol/frame.ts';
import type { UnsentInput } from './unsent-input.ts';

/** A piece of input with the number of its first byte. */
export interface InputPiece {
  readonly seq: number;
  readonly bytes: Uint8Array;
}

/** Most bytes that may be on their way unconfirmed; a longer paste follows as the server confirms. */
export const inputWindowBytes = 4 * maxInputBytes;

/** Input of one viewer in one terminal. */
export class InputLog {
  #pieces: Uint8Array[] = [];
  /** Number of the first byte in `#pieces`: everything before it has arrived. */
  #base = 0;
  /** Number of the first byte that was not sent on the present socket. */
  #sent = 0;
  #end = 0;
  /** The terminal's life that the record is meant for; while there is none, the next one takes it. */
  #epoch: string | undefined;
  /** Set when input was thrown away of which some may have arrived: only the server can say what the next number is. */
  #hasHole = false;

  /** Bytes that were not sent on the present socket. */
  get waitingBytes(): number {
    return this.#end - this.#sent;
  }

  /** Bytes that are sent but not confirmed. */
  get unconfirmedBytes(): number {
    return this.#sent - this.#base;
  }

  /** Characters that were not sent, for people. */
  get waitingChars(): number {
    return this.#countChars(this.#sent);
  }

  /** Adds input at the end. */
  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#pieces.push(bytes);
    this.#end += bytes.length;
  }

  /** The next piece to send, or nothing when all is sent or the window is full. */
  take(): InputPiece | undefined {
    const room = Math.min(maxInputBytes, this.#base + inputWindowBytes - this.#sent, this.waitingBytes);
    if (room <= 0) return undefined;
    const piece = { seq: this.#sent, bytes: this.#slice(this.#sent, this.#sent + room) };
    this.#sent += room;
    return piece;
  }

  /** The server has everything before `input`; a number we cannot have reached is ignored. */
  confirm(input: number): void {
    if (input <= this.#base || input > this.#sent) return;
    this.#forgetUntil(input);
  }

  /** How much has not arrived, as far as is known. */
  get unsent(): UnsentInput {
    const epoch = this.#hasHole ? undefined : this.#epoch;
    return { epoch, from: this.#base, to: this.#end, chars: this.#countChars(this.#base) };
  }

  /**
   * A new socket to the terminal's life `epoch`, which has the bytes before `input`. To the same shell the rest is sent again,
   * in order; what was meant for another one is thrown away. Returns how many characters that were.
   */
  resume(epoch: string, input: number): number {
    const isSame = epoch === this.#epoch;
    const dropped = isSame || this.#epoch === undefined ? 0 : this.drop();
    if (isSame && input > this.#base && !this.#hasHole) this.#forgetUntil(Math.min(input, this.#end));
    this.#epoch = epoch;
    this.#renumber(input);
    return dropped;
  }

  /** The shell ended: what it did not get is thrown away, and what follows is meant for the next one. Returns how many characters were lost. */
  endShell(): number {
    this.#epoch = undefined;
    return this.drop();
  }

  /** Throws away everything that has not arrived; returns how many characters that were. */
  drop(): number {
    const chars = this.#countChars(this.#base);
    this.#pieces = [];
    this.#end = this.#sent = this.#base;
    return chars;
  }

  /** Throws away what waits while there is no socket. */
  dropWaiting(): void {
    this.#hasHole = true;
    this.drop();
  }

  /** The socket is gone: what is unconfirmed waits again. */
  disconnect(): void {
    this.#sent = this.#base;
  }

  #renumber(base: number): void {
    this.#hasHole = false;
    this.#end = base + (this.#end - this.#base);
    this.#base = this.#sent = base;
  }

  #countChars(from: number): number {
    return [...new TextDecoder().decode(this.#slice(from, this.#end))].length;
  }

  #forgetUntil(seq: number): void {
    this.#pieces = seq < this.#end ? [this.#slice(seq, this.#end)] : [];
    this.#base = seq;
    this.#sent = Math.max(this.#sent, seq);
  }

  #slice(from: number, to: number): Uint8Array {
    if (this.#pieces.length > 1) this.#pieces = [join(this.#pieces)];
    return (this.#pieces[0] ?? new Uint8Array()).subarray(from - this.#base, to - this.#base);
  }
}

function join(pieces: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
