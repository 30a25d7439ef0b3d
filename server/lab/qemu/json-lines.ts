/**
 * One JSON value per line over a UNIX socket, with everything bounded: the other end may be under a student's control.
 * Lines that are not JSON are dropped, a line that is too long ends the connection. Knows neither QMP nor the guest agent.
 */
import { createConnection, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '../../host/wait.ts';

/** Limits and the time that the other end has to offer its socket. */
export interface JsonLinesOptions {
  readonly signal: AbortSignal;
  readonly connectTimeoutMs: number;
  /** Longest line that is read, bytes. */
  readonly maxLineBytes: number;
}

/** An open connection. */
export interface JsonLines extends Disposable {
  readonly isOpen: boolean;
  /** Sends one value; `prefix` goes before it on the wire. */
  send(value: unknown, prefix?: Uint8Array): void;
  /** The next value; `undefined` when the connection has ended. Rejects with the reason of the signal. */
  receive(signal: AbortSignal): Promise<{ readonly value: unknown } | undefined>;
  /** Called once when the connection has ended, whoever ended it. */
  onClose(listener: () => void): Disposable;
}

/** Values that may wait to be read. Only events arrive unasked, a few in a machine's life. */
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
  readonly #waiting: unknown[] = [];
  readonly #closeListeners = new Set<() => void>();
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
    if (prefix !== undefined) this.#socket.write(prefix);
    this.#socket.write(`${JSON.stringify(value)}\n`);
  }

  async receive(signal: AbortSignal): Promise<{ readonly value: unknown } | undefined> {
    while (this.#waiting.length === 0) {
      signal.throwIfAborted();
      if (!this.isOpen) return undefined;
      await waitFor(new Promise<void>((resolve) => (this.#wake = resolve)), signal);
    }
    return { value: this.#waiting.shift() };
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
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      this.#handleLine(Buffer.concat([...this.#partial, chunk.subarray(start, end)]));
      this.#partial = [];
      this.#partialBytes = 0;
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    this.#partialBytes += rest.length;
    if (this.#partialBytes > this.#maxLineBytes) return void this.#socket.destroy();
    if (rest.length > 0) this.#partial.push(rest);
  }

  #handleLine(line: Buffer): void {
    if (line.length > this.#maxLineBytes) return void this.#socket.destroy();
    const value = parseLine(line.subarray(line.lastIndexOf(resetByte) + 1));
    if (value === undefined) return;
    if (this.#waiting.length >= maxWaiting) return void this.#socket.destroy();
    this.#waiting.push(value.value);
    this.#wake?.();
  }
}

function parseLine(line: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(line.toString('utf8')) };
  } catch {
    return undefined;
  }
}
