/**
 * One terminal's connection to the server: attaches, comes back after every kind of cut, shows each byte
 * once and sends each key once.
 * Knows nothing about xterm.js or the page: it gets a screen, a size, and a way to hear that the network is back.
 */
import type { Localized } from '../../course/locales.ts';
import { decodeFrame, encodeFrame, isSameSize } from '../../protocol/frame.ts';
import type { ClientMessage, ServerMessage, TerminalSize } from '../../protocol/terminal.ts';
import { isTerminalAnswer } from '../../protocol/terminal-answer.ts';
import { createDeadline, openWithinMs, staleAfterMs } from '../deadline.ts';
import { createRetry, type Retry } from '../retry.ts';
import { Acknowledger } from './acknowledger.ts';
import {
  attachTimeoutMs,
  offlineInputBytes,
  probeFrame,
  probeMs,
  silenceMs,
  type TerminalConnectionOptions,
} from './connection-options.ts';
import { ConnectionSocket } from './connection-socket.ts';
import { type ConnectionState, type DroppedBecause, passingFaults, type SizeRule } from './connection-state.ts';
import { HiddenReport } from './hidden-report.ts';
import { InputLog } from './input-log.ts';
import { OutputCursor } from './output-cursor.ts';
import { lostChars, type UnsentInput } from './unsent-input.ts';

type Attached = Extract<ServerMessage, { type: 'attached' }>;
type Refused = Extract<ServerMessage, { type: 'refused' }>;

/** Keeps one terminal connected. */
export class TerminalConnection {
  readonly #options: TerminalConnectionOptions;
  readonly #input = new InputLog();
  readonly #output: OutputCursor;
  readonly #acks: Acknowledger;
  readonly #socket: ConnectionSocket;
  readonly #hidden: HiddenReport;
  readonly #retry: Retry;
  readonly #answer = createDeadline(() => this.#handleSilence());
  /** Met by what answers a probe alone: output may have been on its way before the network went. */
  readonly #probed = createDeadline(() => this.#handleSilence());
  #state: ConnectionState = { kind: 'connecting', waitingChars: 0, isAgain: false };
  #epoch: string | undefined;
  /** Set when bytes are missing: what we show is worth nothing. */
  #wantsScreen = false;
  /** The size that the server was told last on this socket. */
  #toldSize: TerminalSize | undefined;
  /** Set from a failure until the next success. */
  #failure: { readonly because?: Localized } | undefined;
  #connectingSince = 0;

  constructor(options: TerminalConnectionOptions) {
    this.#options = options;
    this.#socket = new ConnectionSocket(options.url);
    this.#acks = new Acknowledger((seq) => this.#say({ type: 'ack', seq }));
    this.#hidden = new HiddenReport(options, (isHidden) => this.#say({ type: 'hidden', isHidden }));
    this.#output = new OutputCursor(options.screen, (seq) => this.#acks.rendered(seq));
    this.#retry = createRetry({ ...options, run: () => this.#connect() });
    // After the retry's own: what it has just begun is too young to be begun again.
    options.wake?.(() => this.probe(), options.signal);
    options.signal.addEventListener('abort', () => {
      this.#leaveSocket();
      this.#state = { kind: 'ended' };
    });
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

  /** How much of what was typed has not arrived. */
  get unsent(): UnsentInput {
    return this.#input.unsent;
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
    this.#countWaiting();
  }

  /** Throws away what was typed while cut off. */
  dropWaitingInput(): void {
    if (this.#state.kind === 'attached') return;
    this.#input.dropWaiting();
    this.#countWaiting();
  }

  /** The pane has a new size; or wants to decide the size again (`takeControl`), though it has not changed. */
  resize(size: TerminalSize, { takeControl = false } = {}): void {
    const isKnown = this.#toldSize !== undefined && isSameSize(size, this.#toldSize);
    if (this.#state.kind !== 'attached' || (isKnown && !takeControl)) return;
    this.#toldSize = size;
    this.#say({ type: 'resize', size, ...(takeControl && { takeControl }) });
  }

  /** Opens another shell after the old one ended, or tries again after a refusal. */
  reopen(): void {
    if (this.#state.kind === 'exited' || this.#state.kind === 'ended') this.reconnect();
  }

  /**
   * The network may have changed: asks whether the server is still there, and comes back anew when it is not. A connection
   * that works is not cut.
   */
  probe(): void {
    if (this.#state.kind === 'attached') {
      this.#socket.send(probeFrame);
      this.#probed.within(probeMs);
    } else if (this.#state.kind !== 'connecting') this.#retry.hurry();
    else if (performance.now() - this.#connectingSince > staleAfterMs) this.#connect();
  }

  /** Cuts and comes back: another shell has taken the terminal's place. */
  reconnect(): void {
    this.#retry.reset();
    this.#connect();
  }

  #connect(): void {
    this.#leaveSocket();
    this.#connectingSince = performance.now();
    const { waitingChars } = this.#input;
    this.#enter({ kind: 'connecting', waitingChars, isAgain: this.#failure !== undefined, ...this.#failure });
    this.#socket.open({
      first: this.#buildAttach(),
      onOpen: () => this.#answer.meet(attachTimeoutMs),
      onMessage: (data) => this.#handleMessage(data),
      onClose: (code) => this.#handleClose(code),
    });
    this.#answer.within(this.#options.openWithinMs ?? openWithinMs);
  }

  #buildAttach(): ClientMessage {
    const { terminal, viewer } = this.#options;
    this.#toldSize = this.#options.size();
    const shown = this.#wantsScreen ? {} : { from: this.#output.next };
    const known = this.#epoch === undefined ? {} : { epoch: this.#epoch, ...shown };
    return { type: 'attach', terminal, viewer, ...known, size: this.#toldSize };
  }

  #handleMessage(data: unknown): void {
    if (this.#state.kind === 'attached') this.#answer.meet();
    if (data instanceof ArrayBuffer) this.#handleFrame(new Uint8Array(data));
    else this.#handleText(JSON.parse(String(data)) as ServerMessage);
    if (this.#state.kind === 'attached' && this.#input.unconfirmedBytes > 0) this.#answer.within(silenceMs);
  }

  #handleFrame(data: Uint8Array): void {
    const frame = decodeFrame(data);
    if (frame?.kind === 'snapshot') this.#output.snapshot(frame.seq, frame.bytes);
    if (frame?.kind !== 'output' || this.#output.output(frame.seq, frame.bytes)) return;
    this.#wantsScreen = true;
    this.#connect();
  }

  #handleText(message: ServerMessage): void {
    if (message.type === 'attached') this.#handleAttached(message);
    else if (message.type === 'received') this.#handleReceived(message.input);
    else if (message.type === 'size') this.#tellSize({ size: message.size, isOurs: message.yours });
    else if (message.type === 'refused') this.#handleRefused(message);
    else if (message.type === 'exited') this.#handleExited(message);
  }

  #handleAttached(message: Attached): void {
    this.#answer.meet();
    this.#retry.reset();
    this.#failure = undefined;
    this.#wantsScreen = false;
    const isNewLife = message.epoch !== this.#epoch;
    const wasKnown = this.#epoch !== undefined;
    this.#epoch = message.epoch;
    this.#tellDropped(this.#input.resume(message.epoch, message.input), 'new-shell');
    this.#tellSize({ size: message.size, isOurs: !this.#toldSize || isSameSize(message.size, this.#toldSize) });
    this.#output.start(message, isNewLife);
    this.#acks.restart(message.from);
    if (isNewLife && wasKnown) this.#options.onNotice({ kind: 'new-shell' });
    if (!wasKnown) this.#tellDropped(lostChars(this.#options.unsent?.take(), message), 'reload');
    this.#enter({ kind: 'attached', readOnly: message.readOnly });
    this.#hidden.handleAttached();
    this.resize(this.#options.size());
    this.#pump();
  }

  /** In the order of the output: what is repeated comes in the sizes that it was printed in. */
  #tellSize(rule: SizeRule): void {
    this.#output.afterWritten(() => this.#options.signal.aborted || this.#options.onSize(rule));
  }

  #tellDropped(chars: number, because: DroppedBecause): void {
    if (chars > 0) this.#options.onNotice({ kind: 'input-dropped', chars, because });
  }

  #handleReceived(input: number): void {
    this.#probed.meet();
    this.#input.confirm(input);
    this.#pump();
  }

  #handleRefused({ code, message }: Refused): void {
    // The shell ended before what was typed came to it; what that was is told with its end.
    if (this.#state.kind === 'exited') return;
    if (this.#state.kind === 'attached') {
      // The server counts our input differently: attaching again tells us how.
      if (code === 'bad-message') this.#connect();
      else if (code !== 'no-such-terminal') this.#options.onNotice({ kind: 'refused', message });
      return;
    }
    this.#leaveSocket();
    if (passingFaults.has(code)) this.#wait(message);
    else {
      // What was typed ahead was meant for this lab, not for the next one.
      this.#tellDropped(this.#input.endShell(), 'refused');
      this.#enter({ kind: 'ended', code, because: message });
    }
  }

  #handleExited({ exitCode, signal }: Extract<ServerMessage, { type: 'exited' }>): void {
    this.#tellDropped(this.#input.endShell(), 'exited');
    this.#enter({ kind: 'exited', exitCode, ...(signal === undefined ? {} : { signal }) });
  }

  #handleClose(code: number): void {
    this.#leaveSocket();
    if (this.#state.kind === 'exited' || this.#state.kind === 'ended') return;
    if (this.#socket.isFinal(code)) this.#enter({ kind: 'ended' });
    else this.#wait();
  }

  #wait(because?: Localized): void {
    this.#failure = because ? { because } : {};
    this.#retry.schedule();
    this.#enter({ kind: 'waiting', waitingChars: this.#input.waitingChars, ...this.#failure });
  }

  #pump(): void {
    if (this.#state.kind !== 'attached') return;
    for (let piece = this.#input.take(); piece; piece = this.#input.take()) {
      this.#socket.send(encodeFrame({ kind: 'input', ...piece }));
      this.#answer.within(silenceMs);
    }
  }

  #say(message: ClientMessage): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** Says how much waits, where that is shown. */
  #countWaiting(): void {
    if (this.#state.kind !== 'waiting' && this.#state.kind !== 'connecting') return;
    this.#enter({ ...this.#state, waitingChars: this.#input.waitingChars });
  }

  /** What was attached comes back at once; what did not come about waits before it is tried again. */
  #handleSilence(): void {
    const wasAttached = this.#state.kind === 'attached';
    this.#leaveSocket();
    if (wasAttached) {
      this.#failure = {};
      this.#connect();
    } else if (this.#state.kind === 'connecting') this.#wait();
  }

  /** Lets go of the socket without hearing from it again. */
  #leaveSocket(): void {
    this.#answer.meet();
    this.#probed.meet();
    this.#acks.stop();
    this.#input.disconnect();
    this.#socket.leave();
  }

  #enter(state: ConnectionState): void {
    if (this.#options.signal.aborted) return;
    this.#state = state;
    this.#options.onState(state);
  }
}
