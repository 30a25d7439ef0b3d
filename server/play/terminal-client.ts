/**
 * A terminal page without a browser: a real socket to the gateway that speaks the wire protocol, acknowledges what it
 * is sent, and knows where the prompts are by the shell integration's marks. Knows nothing about lessons.
 */
import { WebSocket } from 'ws';
import {
  decodeFrame,
  encodeFrame,
  maxInputBytes,
  type ServerMessage,
  serverMessageSchema,
} from '../../src/protocol/terminal.ts';
import { CommandMarks } from '../session/command-marks.ts';

/** Where the terminal is. */
export interface TerminalAddress {
  /** `ws://127.0.0.1:port` */
  readonly url: string;
  /** The learner's cookie. */
  readonly cookie: string;
}

/** How long is waited, and for what. */
export interface Waiting {
  readonly withinMs: number;
  readonly signal: AbortSignal;
}

const size = { cols: 120, rows: 32 } as const;

/** One open terminal. */
export class TerminalClient implements Disposable {
  /** Everything printed since this client came, as text. */
  text = '';
  /** How many prompts were shown; one that is drawn again, as a line editor does when it likes, counts again. */
  prompts = 0;
  /** How many prompts were shown after a command had run. */
  promptsAfterCommands = 0;
  /** Exit codes of the commands that ended. */
  readonly exitCodes: (number | undefined)[] = [];
  /** Whether the shell asked for pastes to be marked. */
  isBracketed = false;
  /** Whether the shell ended. */
  isEnded = false;
  /** Why the server refused the latest request. */
  refusal: string | undefined;
  isClosed = false;
  readonly #socket: WebSocket;
  readonly #decoder = new TextDecoder();
  readonly #watchers = new Set<() => void>();
  readonly #marks = new CommandMarks((mark) => {
    if (mark.kind === 'prompt') this.#handlePrompt();
    if (mark.kind === 'command-start' || mark.kind === 'command-end') this.#hasRun = true;
    if (mark.kind === 'command-end') this.exitCodes.push(mark.exitCode);
  });
  readonly #viewer = `play-${Math.random().toString(36).slice(2, 12).padEnd(8, '0')}`;
  #isAttached = false;
  #inputSent = 0;
  /** A command was started or has ended since the last prompt. */
  #hasRun = false;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.#handleFrame(data);
      else this.#handleMessage(serverMessageSchema.parse(JSON.parse(data.toString())));
      this.#notify();
    });
    socket.on('error', () => {}); // `close` follows.
    socket.on('close', () => {
      this.isClosed = true;
      this.#notify();
    });
  }

  /** Connects; nothing is attached yet. Rejects when the door is shut. */
  static async connect({ url, cookie }: TerminalAddress): Promise<TerminalClient> {
    const socket = new WebSocket(`${url}/ws/terminal`, {
      origin: `http://${new URL(url).host}`,
      headers: { cookie },
      perMessageDeflate: false,
    });
    const client = new TerminalClient(socket);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    socket.once('open', resolve);
    socket.once('error', reject);
    await promise;
    return client;
  }

  /** Opens the terminal `name`, a new life of it where the last one ended. Resolves with whether it was let in. */
  async attach(name: string, waiting: Waiting): Promise<boolean> {
    this.#isAttached = false;
    this.isEnded = false;
    this.refusal = undefined;
    this.#send({ type: 'attach', terminal: name, viewer: this.#viewer, size });
    await this.until(() => this.#isAttached || this.refusal !== undefined || this.isClosed, waiting);
    return this.#isAttached;
  }

  /** Types text. */
  type(text: string): void {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += maxInputBytes) {
      const part = bytes.subarray(at, at + maxInputBytes);
      this.#socket.send(encodeFrame({ kind: 'input', seq: this.#inputSent, bytes: part }));
      this.#inputSent += part.length;
    }
  }

  /** Resolves with whether `look` became true in time; looks again whenever something came. */
  async until(look: () => boolean, { withinMs, signal }: Waiting): Promise<boolean> {
    const deadline = performance.now() + withinMs;
    while (!look()) {
      signal.throwIfAborted();
      const left = deadline - performance.now();
      if (left <= 0) return false;
      await this.#change(left, signal);
    }
    return true;
  }

  [Symbol.dispose](): void {
    this.#socket.terminate();
  }

  #change(withinMs: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, withinMs);
    this.#watchers.add(resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
    return promise.finally(() => {
      clearTimeout(timer);
      this.#watchers.delete(resolve);
    });
  }

  #handlePrompt(): void {
    this.prompts += 1;
    if (this.#hasRun) this.promptsAfterCommands += 1;
    this.#hasRun = false;
  }

  #notify(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  #handleFrame(data: Buffer): void {
    const frame = decodeFrame(data);
    if (frame?.kind === 'snapshot') this.text += new TextDecoder().decode(frame.bytes);
    if (frame?.kind !== 'output') return;
    this.text += this.#decoder.decode(frame.bytes, { stream: true });
    this.#readPasteMode();
    this.#marks.scan(frame.bytes);
    this.#send({ type: 'ack', seq: frame.seq + frame.bytes.length });
  }

  /** The newest word about marked pastes wins; it may be cut between two frames, so some text before is read again. */
  #readPasteMode(): void {
    const recent = this.text.slice(-70_000);
    const [on, off] = [recent.lastIndexOf('\x1b[?2004h'), recent.lastIndexOf('\x1b[?2004l')];
    if (on !== off) this.isBracketed = on > off;
  }

  #handleMessage(message: ServerMessage): void {
    if (message.type === 'attached') {
      this.#isAttached = true;
      this.#inputSent = message.input;
    } else if (message.type === 'exited') this.isEnded = true;
    else if (message.type === 'refused') this.refusal = message.message.en;
  }

  #send(message: object): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}
