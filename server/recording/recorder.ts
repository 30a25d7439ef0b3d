/**
 * One recording that runs: from a terminal into a file, beginning with the screen as it stands, until it is ended, the
 * shell ends, or the file is full.
 * Knows nothing about whose it is.
 */
import { createWriteStream, type WriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { RecordingView } from '../../src/protocol/api.ts';
import type { TerminalSize } from '../../src/protocol/terminal.ts';
import { Asciicast } from './asciicast.ts';

/** What is recorded; a terminal session is one. */
export interface RecordedTerminal {
  readonly size: TerminalSize;
  onOutput(listener: (bytes: Uint8Array) => void): Disposable;
  onResize(listener: (size: TerminalSize) => void): Disposable;
  onExit(listener: () => void): Disposable;
  /** The screen as it stands, as escape sequences that draw it; output that comes later is not in it. */
  drawScreen(): Promise<{ readonly bytes: Uint8Array }>;
}

/** Where and how. */
export interface RecorderOptions {
  readonly terminal: RecordedTerminal;
  readonly path: string;
  /** Largest file, bytes. */
  readonly maxBytes: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** It ended, by itself for a reason or by `stop`, and its file is whole. Called once. */
  readonly onEnd: (reason: RecordingView['endedBy']) => void;
}

/** Writes one recording. */
export class Recorder {
  readonly #options: RecorderOptions;
  readonly #file: WriteStream;
  readonly #cast: Asciicast;
  readonly #subscriptions = new DisposableStack();
  /** Events that wait for the screen before them. */
  #waiting: string[] | undefined = [];
  #bytes = 0;
  #isOver = false;
  #reason: RecordingView['endedBy'];
  #ending: Promise<void> | undefined;

  constructor(options: RecorderOptions) {
    const { terminal, path, startedAt } = options;
    this.#options = options;
    // Only the owner reads it: it holds what a learner saw.
    this.#file = createWriteStream(path, { mode: 0o600, flags: 'wx' });
    this.#file.on('error', ({ code }: NodeJS.ErrnoException) =>
      this.#giveUp(code === 'ENOSPC' || code === 'EDQUOT' ? 'disk' : 'error'),
    );
    const begin = performance.now();
    this.#cast = new Asciicast(begin);
    this.#write(this.#cast.header(terminal.size, Math.floor(startedAt / 1000)));
    void this.#drawFirst(begin);
    this.#subscriptions.use(terminal.onOutput((bytes) => this.#add(this.#cast.output(bytes, performance.now()))));
    this.#subscriptions.use(terminal.onResize((size) => this.#add(this.#cast.resize(size, performance.now()))));
    this.#subscriptions.use(terminal.onExit(() => void this.stop()));
  }

  /** Bytes so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Ends it; resolves after `onEnd`. */
  stop(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  #giveUp(reason: RecordingView['endedBy']): void {
    if (!this.#isOver) this.#reason = reason;
    void this.stop();
  }

  async #end(): Promise<void> {
    this.#isOver = true;
    this.#subscriptions.dispose();
    for (const line of this.#waiting ?? []) this.#write(line);
    this.#file.end();
    // A disk that is full ends it too; what was written stays.
    await finished(this.#file).catch(() => {});
    this.#options.onEnd(this.#reason);
  }

  /** The screen's bytes are decoded by themselves: they must not mix with a character that output was cut in. */
  async #drawFirst(begin: number): Promise<void> {
    const { bytes } = await this.#options.terminal.drawScreen();
    if (this.#isOver) return;
    this.#write(new Asciicast(begin).output(bytes, begin));
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const line of waiting) this.#add(line);
  }

  #add(line: string): void {
    if (line === '' || this.#isOver) return;
    if (this.#waiting !== undefined) this.#waiting.push(line);
    else this.#write(line);
    if (this.#bytes >= this.#options.maxBytes) this.#giveUp('limit');
  }

  #write(line: string): void {
    this.#bytes += Buffer.byteLength(line);
    if (this.#bytes <= this.#options.maxBytes) this.#file.write(line);
  }
}
