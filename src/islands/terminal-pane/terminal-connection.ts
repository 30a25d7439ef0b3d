/**
 * One terminal's connection to the server: attaches, comes back after every kind of cut, shows each byte
 * once and sends each key once.
 * Knows nothing about xterm.js or the page: it gets a screen, a size, and a way to hear that the network is back.
 */
import type { Localized } from '../../course/locales.ts';
import { decodeFrame, encodeFrame } from '../../protocol/frame.ts';
import type { ClientMessage, ServerMessage, TerminalSize } from '../../protocol/terminal.ts';
import { isTerminalAnswer } from '../../protocol/terminal-answer.ts';
import { createRetry, type Retry, type RetryOptions } from '../retry.ts';
import { Acknowledger } from './acknowledger.ts';
import {
  type ConnectionNotice,
  type ConnectionState,
  finalCloseCodes,
  passingFaults,
  type SizeRule,
} from './connection-state.ts';
import { InputLog } from './input-log.ts';
import { type ByteScreen, OutputCursor } from './output-cursor.ts';

/** What a connection is made of. */
export interface TerminalConnectionOptions extends Pick<RetryOptions, 'wake' | 'firstMs' | 'mostMs' | 'random'> {
  readonly url: string;
  /** Name of the terminal, e.g. `t1`. */
  readonly terminal: string;
  /** Random id of this page. */
  readonly viewer: string;
  readonly screen: ByteScreen;
  /** The size that the pane has room for now. */
  readonly size: () => TerminalSize;
  readonly onState: (state: ConnectionState) => void;
  readonly onNotice: (notice: ConnectionNotice) => void;
  readonly onSize: (rule: SizeRule) => void;
  /** Ends the connection for good. */
  readonly signal: AbortSignal;
}

/** Bytes that may be typed while cut off: a few lines, not a file. */
export const offlineInputBytes = 4096;
/** A server that is silent this long after input is taken for gone. */
export const silenceMs = 8000;
/** Time for socket and attach; opening a shell in a busy machine takes a few seconds. */
export const attachTimeoutMs = 20_000;

type Attached = Extract<ServerMessage, { type: 'attached' }>;
type Refused = Extract<ServerMessage, { type: 'refused' }>;

/** Keeps one terminal connected. */
export class TerminalConnection {
  readonly #options: TerminalConnectionOptions;
  readonly #input = new InputLog();
  readonly #output: OutputCursor;
  readonly #acks: Acknowledger;
  readonly #retry: Retry;
  #state: ConnectionState = { kind: 'connecting' };
  #socket: WebSocket | undefined;
  #epoch: string | undefined;
  /** The size that the server was told last on this socket. */
  #toldSize: TerminalSize | undefined;
  #watchdog: ReturnType<typeof setTimeout> | undefined;

  constructor(options: TerminalConnectionOptions) {
    this.#options = options;
    this.#acks = new Acknowledger((seq) => this.#say({ type: 'ack', seq }));
    this.#output = new OutputCursor(options.screen, (seq) => this.#acks.rendered(seq));
    this.#retry = createRetry({ ...options, run: () => this.#connect() });
    options.signal.addEventListener('abort', () => this.#dispose());
    this.#connect();
  }

  /** How it stands. */
  get state(): ConnectionState {
    return this.#state;
  }

  /** Whether output is repeated that was printed before this page looked. */
  get isHistory(): boolean {
    return this.#output.isHistory;
  }

  /** What xterm.js says that the learner typed (or what it answers by itself). */
  typed(data: string): void {
    if (this.#output.isHistory && isTerminalAnswer(data)) return;
    this.send(new TextEncoder().encode(data));
  }

  /** Sends bytes, or keeps a little of them while cut off. */
  send(bytes: Uint8Array): void {
    if (this.#state.kind === 'exited' || this.#state.kind === 'ended') return;
    if (this.#state.kind !== 'attached' && this.#input.waitingBytes + bytes.length > offlineInputBytes) {
      this.#options.onNotice({ kind: 'queue-full' });
      return;
    }
    this.#input.push(bytes);
    this.#pump();
    if (this.#state.kind === 'waiting') this.#enter({ ...this.#state, waitingChars: this.#input.waitingChars });
  }

  /** Throws away what was typed while cut off. */
  dropWaitingInput(): void {
    this.#input.dropWaiting();
    if (this.#state.kind === 'waiting') this.#enter({ ...this.#state, waitingChars: 0 });
  }

  /** The pane has a new size; or wants to decide the size again (`takeControl`), though it has not changed. */
  resize(size: TerminalSize, { takeControl = false } = {}): void {
    const isKnown = this.#toldSize !== undefined && sameSize(size, this.#toldSize);
    if (this.#state.kind !== 'attached' || (isKnown && !takeControl)) return;
    this.#toldSize = size;
    this.#say({ type: 'resize', size, ...(takeControl && { takeControl }) });
  }

  /** Opens another shell after the old one ended, or tries again after a refusal. */
  reopen(): void {
    if (this.#state.kind !== 'exited' && this.#state.kind !== 'ended') return;
    this.#retry.reset();
    this.#connect();
  }

  /** Cuts and comes back: for when the page has learned that the network changed. Costs nothing but a round trip. */
  reconnect(): void {
    if (this.#state.kind === 'attached' || this.#state.kind === 'connecting') this.#connect();
    else this.#retry.hurry();
  }

  #connect(): void {
    this.#leaveSocket();
    this.#enter({ kind: 'connecting' });
    const socket = new WebSocket(this.#options.url);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => this.#attach();
    socket.onmessage = (event: { data: unknown }) => this.#handleMessage(event.data);
    socket.onclose = (event: { code: number }) => this.#handleClose(event.code);
    this.#socket = socket;
    this.#expectAnswer(attachTimeoutMs);
  }

  #attach(): void {
    const { terminal, viewer } = this.#options;
    const size = this.#options.size();
    this.#toldSize = size;
    const known = this.#epoch === undefined ? {} : { epoch: this.#epoch, from: this.#output.next };
    this.#say({ type: 'attach', terminal, viewer, ...known, size });
  }

  #handleMessage(data: unknown): void {
    if (this.#state.kind !== 'connecting') this.#stopWatchdog();
    if (data instanceof ArrayBuffer) this.#handleFrame(new Uint8Array(data));
    else this.#handleText(JSON.parse(String(data)) as ServerMessage);
  }

  #handleFrame(data: Uint8Array): void {
    const frame = decodeFrame(data);
    if (frame?.kind === 'snapshot') this.#output.snapshot(frame.seq, frame.bytes);
    if (frame?.kind !== 'output' || this.#output.output(frame.seq, frame.bytes)) return;
    // Bytes are missing, so what we show is worth nothing: ask for the whole screen.
    this.#epoch = undefined;
    this.#connect();
  }

  #handleText(message: ServerMessage): void {
    if (message.type === 'attached') this.#handleAttached(message);
    else if (message.type === 'received') this.#handleReceived(message.input);
    else if (message.type === 'size') this.#options.onSize({ size: message.size, isOurs: message.yours });
    else if (message.type === 'refused') this.#handleRefused(message);
    else if (message.type === 'exited') this.#handleExited(message);
  }

  #handleAttached(message: Attached): void {
    this.#stopWatchdog();
    this.#retry.reset();
    const isNewLife = message.epoch !== this.#epoch;
    const wasKnown = this.#epoch !== undefined;
    this.#epoch = message.epoch;
    this.#acceptInput(message.input, isNewLife && wasKnown, isNewLife);
    this.#options.onSize({ size: message.size, isOurs: !this.#toldSize || sameSize(message.size, this.#toldSize) });
    this.#output.start(message.from, message.liveFrom, { isNewLife, clear: message.resume === 'fresh' });
    this.#acks.restart(message.from);
    if (isNewLife && wasKnown) this.#options.onNotice({ kind: 'new-shell' });
    this.#enter({ kind: 'attached', readOnly: message.readOnly });
    this.resize(this.#options.size());
    this.#pump();
  }

  /** Input goes on only where it was meant for; the first shell of a page takes what was typed ahead. */
  #acceptInput(input: number, isOtherShell: boolean, isNewLife: boolean): void {
    if (isOtherShell) {
      const chars = this.#input.drop();
      if (chars > 0) this.#options.onNotice({ kind: 'input-dropped', chars });
    }
    if (isNewLife) this.#input.rebase(input);
    else this.#input.resume(input);
  }

  #handleReceived(input: number): void {
    this.#input.confirm(input);
    this.#pump();
  }

  #handleRefused({ code, message }: Refused): void {
    if (this.#state.kind === 'attached') {
      // The server counts our input differently: attaching again tells us how.
      if (code === 'bad-message') this.#connect();
      else this.#options.onNotice({ kind: 'refused', message });
      return;
    }
    this.#leaveSocket();
    if (passingFaults.has(code)) this.#wait(message);
    else this.#enter({ kind: 'ended', code, because: message });
  }

  #handleExited({ exitCode, signal }: Extract<ServerMessage, { type: 'exited' }>): void {
    this.#input.drop();
    this.#enter({ kind: 'exited', exitCode, ...(signal === undefined ? {} : { signal }) });
  }

  #handleClose(code: number): void {
    this.#leaveSocket();
    if (this.#state.kind === 'exited' || this.#state.kind === 'ended') return;
    if (finalCloseCodes.has(code)) this.#enter({ kind: 'ended' });
    else this.#wait();
  }

  #wait(because?: Localized): void {
    this.#retry.schedule();
    this.#enter({ kind: 'waiting', waitingChars: this.#input.waitingChars, ...(because ? { because } : {}) });
  }

  #pump(): void {
    if (this.#state.kind !== 'attached') return;
    for (let piece = this.#input.take(); piece; piece = this.#input.take()) {
      this.#socket?.send(encodeFrame({ kind: 'input', ...piece }));
      this.#expectAnswer(silenceMs);
    }
  }

  #say(message: ClientMessage): void {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(message));
  }

  #expectAnswer(withinMs: number): void {
    this.#stopWatchdog();
    this.#watchdog = setTimeout(() => this.#handleSilence(), withinMs);
  }

  #stopWatchdog(): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = undefined;
  }

  #handleSilence(): void {
    this.#leaveSocket();
    this.#wait();
  }

  /** Lets go of the socket without hearing from it again. */
  #leaveSocket(): void {
    this.#stopWatchdog();
    this.#acks.stop();
    this.#input.disconnect();
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #dispose(): void {
    this.#leaveSocket();
    this.#state = { kind: 'ended' };
  }

  #enter(state: ConnectionState): void {
    if (this.#options.signal.aborted) return;
    this.#state = state;
    this.#options.onState(state);
  }
}

function sameSize(a: TerminalSize, b: TerminalSize): boolean {
  return a.cols === b.cols && a.rows === b.rows;
}
