/**
 * Writes a terminal's output as an asciicast, version 2: a header and one JSON array in a line for each event.
 * https://docs.asciinema.org/manual/asciicast/v2/
 * Only output and sizes: there is no way to write input. Pure; knows nothing about files.
 */
import type { TerminalSize } from '../../src/protocol/terminal.ts';

/** Makes the lines of one recording. */
export class Asciicast {
  readonly #startedAt: number;
  /** A character that is cut in two waits for its other half, since events are text. */
  readonly #decoder = new TextDecoder();

  /** `startedAt` and all times are milliseconds of one clock. */
  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  /** The first line. `timestamp` is Unix time, seconds. */
  header({ cols, rows }: TerminalSize, timestamp: number): string {
    const header = { version: 2, width: cols, height: rows, timestamp, env: { TERM: 'xterm-256color' } };
    return `${JSON.stringify(header)}\n`;
  }

  /** What was printed; empty while only a part of a character was. */
  output(bytes: Uint8Array, at: number): string {
    const text = this.#decoder.decode(bytes, { stream: true });
    return text === '' ? '' : this.#event('o', text, at);
  }

  /** Another size. */
  resize({ cols, rows }: TerminalSize, at: number): string {
    return this.#event('r', `${cols}x${rows}`, at);
  }

  #event(code: 'o' | 'r', data: string, at: number): string {
    const seconds = Math.max(0, Math.round((at - this.#startedAt) * 1000) / 1_000_000);
    return `${JSON.stringify([seconds, code, data])}\n`;
  }
}
