/**
 * One JSON value per line over a UNIX socket, with everything bounded: the other end may be under a student's control.
 * What waits is kept as it came and parsed when it is asked for; a line that is too long, and more than may wait, ends the
 * connection. Knows neither QMP nor the guest agent.
 */
import { createConnection, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '../../host/wait.ts';

/** Limits and the time that the other end has to offer its socket. */
export interface JsonLinesOptions {
  readonly signal: AbortSignal;
  readonly connectTimeoutMs: number;
  /** Longest line that is read, bytes; all that wait together are no longer. */
  readonly maxLineBytes: number;
}

/** A line that arrived. */
export interface JsonLine {
  /** `undefined` when it is not JSON. */
  readonly value: unknown;
  readonly bytes: number;
}

/** An open connection. */
export interface JsonLines extends Disposable {
  readonly isOpen: boolean;
  /** Sends one value; `prefix` goes before it on the wire. */
  send(value: unknown, prefix?: Uint8Array): void;
  /** The next line; `undefined` when the connection has ended. Rejects with the reason of the signal. */
  receive(signal: AbortSignal): Promise<JsonLine | undefined>;
  /** Nothing is asked: what waits is forgotten, and what arrives before the next `send` is dropped unread. */
  ignore(): void;
  /** Called once when the connection has ended, whoever ended it. */
  onClose(listener: () => void): Disposable;
}

/** Lines that may wait to be read. Only events arrive unasked, a few in a machine's life. */
const maxWaiting = 256;
const retryMs = 20;
/** The guest agent's mark for "forget what came before". */
const resetByte = 0xff;
const newline = 0x0a;

/** Connects, trying again until the socket is there. Rejects with the last error, or with the reason of the signal. */
export async function openJsonLines(path: string, options: JsonLinesOptions): Promise<JsonLines> {
  const until = performance.now() + options.connectTimeoutMs;
  for (;;) {
    options.signal.throwIfAborted();
    const socket = createConnection(path);
    const failure = await connected(socket);
    if (failure === undefined) return new SocketJsonLines(socket, options.maxLineBytes);
    if (performance.now() > until) throw failure;
    await delay(retryMs, undefined, { signal: options.signal });
  }
}

function connected(socket: Socket): Promise<Error | undefined> {
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(undefined));
    socket.once('error', resolve);
  });
}

class SocketJsonLines implements JsonLines {
  readonly #socket: Socket;
  readonly #maxLineBytes: number;
  readonly #closeListeners = new Set<() => void>();
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #isIgnoring = false;
  #partial: Buffer[] = [];
  #partialBytes = 0;
  #wake: (() => void) | undefined;

  constructor(socket: Socket, maxLineBytes: number) {
    this.#socket = socket;
    this.#maxLineBytes = maxLineBytes;
    socket.on('error', () => {}); // `close` follows.
    socket.on('data', (chunk: Buffer) => this.#handleChunk(chunk));
    socket.on('close', () => {
      this.#wake?.();
      for (const listener of this.#closeListeners) listener();
      this.#closeListeners.clear();
    });
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed;
  }

  send(value: unknown, prefix?: Uint8Array): void {
    if (!this.isOpen) return;
    this.#isIgnoring = false;
    if (prefix !== undefined) this.#socket.write(prefix);
    this.#socket.write(`${JSON.stringify(value)}\n`);
  }

  async receive(signal: AbortSignal): Promise<JsonLine | undefined> {
    for (;;) {
      const line = this.#waiting.shift();
      if (line !== undefined) {
        this.#waitingBytes -= line.length;
        return { value: parseLine(line.subarray(line.lastIndexOf(resetByte) + 1)), bytes: line.length };
      }
      signal.throwIfAborted();
      if (!this.isOpen) return undefined;
      await waitFor(new Promise<void>((resolve) => (this.#wake = resolve)), signal);
    }
  }

  ignore(): void {
    this.#isIgnoring = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#forgetPartial();
  }

  onClose(listener: () => void): Disposable {
    if (this.isOpen) this.#closeListeners.add(listener);
    else queueMicrotask(listener);
    return { [Symbol.dispose]: () => void this.#closeListeners.delete(listener) };
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  #handleChunk(chunk: Buffer): void {
    if (this.#isIgnoring) return;
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      this.#handleLine(Buffer.concat([...this.#partial, chunk.subarray(start, end)]));
      this.#forgetPartial();
      if (!this.isOpen) return;
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    this.#partialBytes += rest.length;
    if (this.#partialBytes > this.#maxLineBytes) return void this.#cut();
    if (rest.length > 0) this.#partial.push(rest);
  }

  #handleLine(line: Buffer): void {
    if (line.length === 0) return;
    this.#waitingBytes += line.length;
    if (this.#waitingBytes > this.#maxLineBytes || this.#waiting.length >= maxWaiting) return void this.#cut();
    this.#waiting.push(line);
    this.#wake?.();
  }

  #forgetPartial(): void {
    this.#partial = [];
    this.#partialBytes = 0;
  }

  /** The other end is not to be talked with: nothing of what it said is kept. */
  #cut(): void {
    this.ignore();
    this.#socket.destroy();
  }
}

function parseLine(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}
