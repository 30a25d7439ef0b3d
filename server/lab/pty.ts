/**
 * A pseudo terminal as the session sees it: bytes in, bytes out. Knows nothing about node-pty or ssh.
 */
import type { TerminalSize } from '../../src/protocol/terminal.ts';

/** How a pty ended. */
export interface PtyExit {
  readonly exitCode: number;
  readonly signal?: number;
}

/** A running program on a pseudo terminal. Bytes, not strings: a chunk may end inside a Korean syllable. */
export interface Pty {
  write(data: Uint8Array): void;
  resize(size: TerminalSize): void;
  /** Stops reading from the program, which then blocks when its output buffer is full. */
  pause(): void;
  resume(): void;
  /** The bytes are good until the listener returns: their memory is used again. */
  onData(listener: (bytes: Uint8Array) => void): Disposable;
  /** Called once, after the last data. */
  onExit(listener: (exit: PtyExit) => void): Disposable;
  /** Ends the program; `onExit` follows. Calling it again does nothing. */
  kill(): void;
}
