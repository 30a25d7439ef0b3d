/**
 * A terminal page without a browser: a socket that speaks one server's protocol, and a renderer of a given speed.
 * Knows nothing about what is measured.
 */
import { WebSocket } from 'ws';
import { Renderer } from './renderer.ts';
import type { Wire, WireHost, WireKind } from './wire.ts';

/** How a page behaves. */
export interface PageOptions {
  readonly wire: WireKind;
  readonly port: number;
  /** Tells the pages of one server apart; a page that comes back keeps its name. */
  readonly name: string;
  /** Rendering speed; as fast as it comes by default. */
  readonly bytesPerSecond?: number;
  /** The page that comes back. */
  readonly before?: Page;
}

/** How much of the output's end is kept to look at, bytes. */
const tailBytes = 256;
/** A prompt of bash, at the end of what was printed. */
const prompt = /[#$] (?:\x1b\[[?0-9;]*[a-z])*$/;

/** Waits no longer than this for anything unless told otherwise, ms. */
const patienceMs = 30_000;

/** One open page. */
export class Page implements Disposable {
  readonly name: string;
  readonly #socket: WebSocket;
  readonly #wire: Wire;
  readonly #renderer: Renderer;
  #awaited: { readonly isSo: () => boolean; readonly resolve: () => void } | undefined;
  #failure: Error | undefined;
  /** Output bytes that arrived. */
  bytes = 0;
  /** Whether the socket was closed. */
  isClosed = false;
  tail = '';
  /** Sees output as it comes. */
  onOutput: (bytes: Uint8Array) => void = () => {};
  /** Sees a drawing that replaces the screen; servers that keep nothing send none. */
  onScreen: (bytes: Uint8Array) => void = () => {};

  private constructor(options: PageOptions) {
    this.name = options.name;
    const before = Page.wireOf(options.before);
    const { url, protocols = [], headers = {} } = options.wire.address(options.port, options.name, before);
    this.#socket = new WebSocket(url, [...protocols], { headers, perMessageDeflate: false });
    this.#renderer = new Renderer(options.bytesPerSecond ?? Number.POSITIVE_INFINITY, () => this.#notify());
    this.#wire = options.wire.open(this.#buildHost(), before);
    this.#listen();
  }

  /** Connects, and waits for nothing. */
  static connect(options: PageOptions): Page {
    return new Page(options);
  }

  /** Connects and waits for the first prompt. */
  static async open(options: PageOptions): Promise<Page> {
    const page = new Page(options);
    await page.until('the first prompt', () => page.isAtPrompt);
    return page;
  }

  /** Whether a prompt is the last thing that was printed, and it is rendered. */
  get isAtPrompt(): boolean {
    return this.#renderer.waitingBytes === 0 && prompt.test(this.tail);
  }

  /** Arrived but not rendered, bytes: the most there ever was. */
  get mostUnrenderedBytes(): number {
    return this.#renderer.mostWaitingBytes;
  }

  /** Types. */
  type(text: string | Uint8Array): void {
    this.#wire.type(Buffer.from(text));
  }

  /** Types a command and waits until the prompt is back. */
  async run(command: string, withinMs?: number): Promise<void> {
    const before = this.bytes;
    this.type(`${command}\r`);
    const isDone = () => this.bytes > before + command.length && this.isAtPrompt;
    await this.until(`the prompt after ${command.slice(0, 40)}`, isDone, withinMs);
  }

  /** Stops reading the socket, as a laptop with a closed lid does. */
  stall(): void {
    this.#socket.pause();
  }

  /** Reads on. */
  resume(): void {
    this.#socket.resume();
  }

  /** The network is gone: no goodbye. */
  cut(): void {
    this.#socket.terminate();
  }

  /** Ends the shell and goes. */
  quit(): void {
    if (!this.isClosed) this.type('\x03\x04exit\r');
    this[Symbol.dispose]();
  }

  /** Waits until something is so; looks whenever something came or was rendered. Throws when it takes too long. */
  async until(what: string, isSo: () => boolean, withinMs: number = patienceMs): Promise<void> {
    if (!isSo()) await this.#wait(isSo, withinMs);
    if (this.#failure !== undefined) throw this.#failure;
    if (isSo()) return;
    const seen = JSON.stringify({ bytes: this.bytes, tail: this.tail.slice(-120), isClosed: this.isClosed });
    throw new Error(`${what} did not come in ${withinMs} ms: ${seen}`);
  }

  [Symbol.dispose](): void {
    this.#renderer.stop();
    // Closed, not terminated: what was typed last still goes out.
    this.#socket.close();
  }

  /** What a page that comes back knows of the one before. */
  static wireOf(page: Page | undefined): Wire | undefined {
    return page === undefined ? undefined : page.#wire;
  }

  #buildHost(): WireHost {
    return {
      send: (message) => {
        if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(message);
      },
      show: (bytes, handleRendered) => {
        this.bytes += bytes.length;
        this.#keepTail(bytes);
        this.onOutput(bytes);
        this.#renderer.render(bytes.length, handleRendered);
      },
      showScreen: (bytes, handleRendered) => {
        this.#keepTail(bytes);
        this.onScreen(bytes);
        this.#renderer.render(bytes.length, handleRendered);
      },
    };
  }

  #listen(): void {
    this.#socket.on('open', () => this.#wire.handleOpen());
    this.#socket.on('message', (data: Buffer, isBinary) => {
      try {
        this.#wire.handleMessage(data, isBinary);
      } catch (error) {
        this.#failure = error as Error;
      }
      this.#notify();
    });
    this.#socket.on('error', () => {}); // `close` follows.
    this.#socket.on('close', () => {
      this.isClosed = true;
      this.#wire.handleClosed();
      this.#notify();
    });
  }

  #keepTail(bytes: Uint8Array): void {
    const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).subarray(-tailBytes).toString('latin1');
    this.tail = end.length >= tailBytes ? end : (this.tail + end).slice(-tailBytes);
  }

  async #wait(isSo: () => boolean, withinMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, withinMs);
    this.#awaited = { isSo, resolve };
    await promise;
    clearTimeout(timer);
    this.#awaited = undefined;
  }

  #notify(): void {
    const awaited = this.#awaited;
    if (awaited !== undefined && (this.#failure !== undefined || awaited.isSo())) awaited.resolve();
  }
}
