/**
 * A terminal page without a browser: a real socket, a headless xterm.js, and fields that say what its user
 * would see. It speaks the wire protocol as a page does: acknowledges what is rendered, counts its input,
 * comes back with what it has.
 */
import { createRequire } from 'node:module';
import { WebSocket } from 'ws';
import {
  decodeFrame,
  encodeFrame,
  maxInputBytes,
  type ServerMessage,
  serverMessageSchema,
  type TerminalSize,
} from '../../src/protocol/terminal.ts';

const require = createRequire(import.meta.url);
const headless = require('@xterm/headless') as typeof import('@xterm/headless');
const graphemes = require('@xterm/addon-unicode-graphemes') as typeof import('@xterm/addon-unicode-graphemes');

/** How a test viewer behaves. */
export interface TestViewerOptions {
  readonly url: string;
  readonly learner?: string;
  /** Instead of the cookie of `learner`. */
  readonly cookie?: string;
  readonly path?: string;
  readonly viewer?: string;
  readonly terminal?: string;
  readonly size?: TerminalSize;
  /** Rendering speed; as fast as it comes by default. */
  readonly bytesPerSecond?: number;
  /** Show the screen by xterm.js (default), or only count and collect the bytes. */
  readonly shows?: 'screen' | 'bytes';
  /** Lines kept above the screen. */
  readonly scrollback?: number;
}

/** How much of the output's text is kept, characters. */
const keptCharacters = 100_000;

type Attached = Extract<ServerMessage, { type: 'attached' }>;

/** A page that looks at a terminal. */
export class TestViewer {
  readonly options: Required<Omit<TestViewerOptions, 'bytesPerSecond'>> & { readonly bytesPerSecond: number };
  readonly terminal;
  /** What was answered to the latest attach. */
  attached: Attached | undefined;
  attachedCount = 0;
  size: TerminalSize | undefined;
  isInControl: boolean | undefined;
  exit: Extract<ServerMessage, { type: 'exited' }> | undefined;
  refusals: string[] = [];
  closed: { readonly code: number; readonly reason: string } | undefined;
  snapshots = 0;
  /** The latest output as text, decoded as it came (snapshots not included). */
  text = '';
  outputBytes = 0;
  frames = 0;
  /** Received but not rendered yet, and the most there ever was. */
  unrenderedBytes = 0;
  maxUnrenderedBytes = 0;
  /** Where the next byte of output belongs. */
  position = 0;
  inputSent = 0;
  inputReceived = 0;
  onOutput: (bytes: Uint8Array) => void = () => {};
  readonly #socket: WebSocket;
  readonly #decoder = new TextDecoder();
  #queue: { readonly end: number; readonly bytes: number }[] = [];
  #renderer: NodeJS.Timeout | undefined;
  #watchers = new Set<() => void>();

  private constructor(socket: WebSocket, options: TestViewer['options']) {
    this.#socket = socket;
    this.options = options;
    this.terminal = new headless.Terminal({ ...options.size, scrollback: options.scrollback, allowProposedApi: true });
    this.terminal.loadAddon(new graphemes.UnicodeGraphemesAddon());
    // Four times as fast, and the same for Hangul.
    this.terminal.unicode.activeVersion = '6';
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.#handleFrame(data);
      else this.#handleMessage(serverMessageSchema.parse(JSON.parse(data.toString())));
      this.#notify();
    });
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
      clearTimeout(this.#renderer);
      this.#notify();
    });
  }

  /** Connects without saying anything yet. */
  static async connect(options: TestViewerOptions): Promise<TestViewer> {
    const full = {
      learner: 'ada',
      cookie: `tadak_learner=${options.learner ?? 'ada'}`,
      path: '/ws/terminal',
      viewer: `viewer-${Math.random().toString(36).slice(2, 12)}`,
      terminal: 't1',
      size: { cols: 80, rows: 24 },
      bytesPerSecond: Number.POSITIVE_INFINITY,
      shows: 'screen' as const,
      scrollback: 1000,
      ...options,
    };
    const { host } = new URL(options.url);
    const socket = new WebSocket(full.url + full.path, {
      origin: `http://${host}`,
      headers: { cookie: full.cookie },
      perMessageDeflate: false,
    });
    const viewer = new TestViewer(socket, full);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve());
      socket.once('error', reject);
    });
    return viewer;
  }

  /** Connects and attaches; with `like`, as the same page coming back with what it shows. */
  static async open(options: TestViewerOptions, like?: TestViewer): Promise<TestViewer> {
    const viewer = await TestViewer.connect(like === undefined ? options : { ...like.options, ...options });
    if (like?.attached !== undefined) {
      viewer.position = like.position;
      viewer.inputSent = like.inputSent;
      viewer.text = like.text;
      viewer.attach({ epoch: like.attached.epoch, from: like.position });
    } else viewer.attach();
    await viewer.until(() => viewer.attached !== undefined || viewer.refusals.length > 0, 'an answer to attach');
    return viewer;
  }

  /** Says which terminal it wants. */
  attach(shown: { readonly epoch?: string; readonly from?: number } = {}): void {
    const { terminal, viewer, size } = this.options;
    this.sendJson({ type: 'attach', terminal, viewer, size, ...shown });
  }

  /** The screen's lines without trailing blanks. */
  get screen(): string[] {
    const { active } = this.terminal.buffer;
    return Array.from({ length: this.terminal.rows }, (_, row) =>
      (active.getLine(active.viewportY + row)?.translateToString(true) ?? '').trimEnd(),
    );
  }

  /** All lines that are kept, without trailing blanks; those that go on in the next row are one. */
  get lines(): string[] {
    const { normal } = this.terminal.buffer;
    const lines: string[] = [];
    for (let row = 0; row < normal.length; row += 1) {
      const line = normal.getLine(row);
      const text = line?.translateToString(true) ?? '';
      if (line?.isWrapped) lines.push(`${lines.pop() ?? ''}${text}`);
      else lines.push(text);
    }
    return lines;
  }

  /** Types text, in as many frames as it needs. */
  type(text: string | Uint8Array): void {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += maxInputBytes) {
      const part = bytes.subarray(at, at + maxInputBytes);
      this.sendInput(this.inputSent, part);
      this.inputSent += part.length;
    }
  }

  /** Sends one input frame as it is. */
  sendInput(seq: number, bytes: Uint8Array): void {
    this.sendBytes(encodeFrame({ kind: 'input', seq, bytes }));
  }

  /** Sends anything in binary. */
  sendBytes(bytes: Uint8Array): void {
    this.#socket.send(bytes);
  }

  /** Sends anything as JSON text. */
  sendJson(message: unknown): void {
    this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Its pane has a new size, or it is focused. */
  resize(size: TerminalSize, options: { readonly takeControl?: boolean } = {}): void {
    this.sendJson({ type: 'resize', size, ...options });
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

  /** Waits until something is so; says what was seen when it is not. */
  async until(isSo: () => boolean, what: string, deadlineMs = 10_000): Promise<void> {
    const expired = AbortSignal.timeout(deadlineMs);
    while (!isSo()) {
      if (expired.aborted)
        throw new Error(`${this.options.viewer} waited ${deadlineMs} ms for ${what}; ${this.#describe()}`);
      await new Promise<void>((resolve) => {
        const done = () => {
          this.#watchers.delete(done);
          expired.removeEventListener('abort', done);
          resolve();
        };
        this.#watchers.add(done);
        expired.addEventListener('abort', done);
      });
    }
  }

  /** Waits for text in the output. */
  untilText(text: string | RegExp, deadlineMs?: number): Promise<void> {
    const isThere = () => (typeof text === 'string' ? this.text.includes(text) : text.test(this.text));
    return this.until(isThere, `output ${text}`, deadlineMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.closed === undefined) this.#socket.terminate();
    await this.until(() => this.closed !== undefined, 'the socket to close');
    this.terminal.dispose();
  }

  #describe(): string {
    const { attached, refusals, closed, exit } = this;
    return JSON.stringify({ attached, refusals, closed, exit, position: this.position, end: this.text.slice(-600) });
  }

  #notify(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  #handleMessage(message: ServerMessage): void {
    if (message.type === 'attached') {
      this.attached = message;
      this.attachedCount += 1;
      this.inputReceived = message.input;
      this.size = message.size;
      this.exit = undefined;
      if (message.resume !== 'bytes') this.terminal.reset();
      this.position = message.from;
      this.terminal.resize(message.size.cols, message.size.rows);
    } else if (message.type === 'received') this.inputReceived = message.input;
    else if (message.type === 'exited') this.exit = message;
    else if (message.type === 'refused') this.refusals.push(message.code);
    else {
      this.size = message.size;
      this.isInControl = message.yours;
      const { cols, rows } = message.size;
      this.terminal.write('', () => this.terminal.resize(cols, rows));
    }
  }

  #handleFrame(data: Buffer): void {
    const frame = decodeFrame(data);
    if (frame === undefined || frame.kind === 'input')
      throw new Error(`not an output frame: ${data.subarray(0, 16).toString('hex')}`);
    if (frame.seq !== this.position) throw new Error(`output at ${frame.seq}, expected ${this.position}`);
    this.frames += 1;
    if (frame.kind === 'snapshot') {
      this.snapshots += 1;
      this.terminal.reset();
    } else {
      this.position += frame.bytes.length;
      this.outputBytes += frame.bytes.length;
      this.#appendText(frame.bytes);
      this.onOutput(frame.bytes);
    }
    this.#render(frame.bytes, this.position);
  }

  #appendText(bytes: Uint8Array): void {
    this.text += this.#decoder.decode(bytes, { stream: true });
    if (this.text.length > 2 * keptCharacters) this.text = this.text.slice(-keptCharacters);
  }

  /** Renders at its speed, then acknowledges, as a page does in xterm.js's write callback. */
  #render(bytes: Uint8Array, end: number): void {
    this.unrenderedBytes += bytes.length;
    this.maxUnrenderedBytes = Math.max(this.maxUnrenderedBytes, this.unrenderedBytes);
    this.#queue.push({ end, bytes: bytes.length });
    if (this.options.shows === 'screen') this.terminal.write(bytes, () => this.#handleWritten());
    else this.#handleWritten();
  }

  #handleWritten(): void {
    const { bytesPerSecond } = this.options;
    if (bytesPerSecond === Number.POSITIVE_INFINITY) this.#renderNext();
    else if (this.#renderer === undefined) this.#renderLater(bytesPerSecond);
  }

  #renderLater(bytesPerSecond: number): void {
    const next = this.#queue[0];
    if (next === undefined) return;
    this.#renderer = setTimeout(
      () => {
        this.#renderer = undefined;
        this.#renderNext();
        this.#renderLater(bytesPerSecond);
      },
      (next.bytes / bytesPerSecond) * 1000,
    );
  }

  #renderNext(): void {
    const next = this.#queue.shift();
    if (next === undefined) return;
    this.unrenderedBytes -= next.bytes;
    if (this.#socket.readyState === WebSocket.OPEN) this.sendJson({ type: 'ack', seq: next.end });
    this.#notify();
  }
}
