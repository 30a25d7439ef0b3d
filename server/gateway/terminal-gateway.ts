/**
 * One terminal pane's socket: decodes what the page says, hands it to the session, and carries the session's
 * output back as far as the socket takes it. Knows nothing about labs; opening a terminal is a given function.
 */
import type { LearnerId, TerminalName } from '../../src/course/ids.ts';
import { Fault, toFault } from '../../src/faults.ts';
import {
  type ClientMessage,
  clientMessageSchema,
  decodeFrame,
  maxControlBytes,
  replacedCode,
  type TerminalSize,
} from '../../src/protocol/terminal.ts';
import type { Onlooker } from '../session/onlooker.ts';
import type { TerminalSession } from '../session/terminal-session.ts';
import { TokenBucket } from '../session/token-bucket.ts';
import type { Attachment, ViewerSink } from '../session/viewer.ts';
import type { GatewayLimits } from './limits.ts';
import { parseMessage } from './parse-message.ts';
import type { Socket, SocketHandlers } from './socket.ts';

/** Which terminal a page wants. */
export interface OpenTerminal {
  readonly learner: LearnerId;
  readonly terminal: TerminalName;
  readonly viewer: string;
  readonly epoch?: string | undefined;
  readonly size: TerminalSize;
  /** Aborted when the page goes away meanwhile. */
  readonly signal: AbortSignal;
}

/** What a terminal socket needs. */
export interface TerminalSocketOptions {
  readonly socket: Socket;
  readonly openTerminal: (request: Omit<OpenTerminal, 'learner'>) => Promise<TerminalSession>;
  /** Set when this is somebody who only looks on. */
  readonly onlooker?: Onlooker;
  /** Shared by all sockets of the learner, or of those who look on by one link. */
  readonly opens: TokenBucket;
  readonly limits: GatewayLimits;
  readonly log: (line: string, details?: Readonly<Record<string, string | number>>) => void;
}

type Attach = Extract<ClientMessage, { type: 'attach' }>;

/** What an onlooker may ask in vain before the socket is closed: an answer for each without end would fill memory. */
const maxRefusals = 20;

/** Serves a socket until it closes. */
export function serveTerminal(options: TerminalSocketOptions): void {
  options.socket.start(new TerminalSocket(options));
}

class TerminalSocket implements SocketHandlers {
  readonly #options: TerminalSocketOptions;
  readonly #controls: TokenBucket;
  readonly #resizes: TokenBucket;
  readonly #input: TokenBucket;
  readonly #gone = new AbortController();
  #attachment: Attachment | undefined;
  #state: 'new' | 'opening' | 'attached' = 'new';
  readonly #watch: Disposable | undefined;
  #refusals = 0;

  constructor(options: TerminalSocketOptions) {
    this.#options = options;
    this.#watch = options.onlooker?.enter({ handleEnd: (fault) => this.#handleEnd(fault) });
    this.#controls = new TokenBucket(options.limits.controlMessages);
    this.#resizes = new TokenBucket(options.limits.resizes);
    this.#input = new TokenBucket(options.limits.inputBytes);
  }

  handleText(text: string): void {
    const fault = this.#readText(text);
    if (fault !== undefined) this.#options.socket.close(fault);
  }

  handleBinary(bytes: Uint8Array): void {
    const fault = this.#readInput(bytes);
    if (fault !== undefined) this.#options.socket.close(fault);
  }

  handleClose(): void {
    this.#leave(new Fault('idle'));
    this.#watch?.[Symbol.dispose]();
  }

  handleDrain(): void {
    this.#attachment?.pull();
  }

  /** The watch link is over. A page that does not answer the close must not be sent anything either. */
  #handleEnd(fault: Fault): void {
    this.#leave(fault);
    this.#options.socket.close(fault);
  }

  #leave(why: Fault): void {
    this.#gone.abort(why);
    this.#attachment?.[Symbol.dispose]();
  }

  #readText(text: string): Fault | undefined {
    this.#slowDown(this.#controls.borrow(1));
    const message = parseMessage(text, clientMessageSchema, maxControlBytes);
    if (message instanceof Fault) return message;
    if (message.type === 'resize' && !this.#resizes.take()) return new Fault('too-many');
    if (message.type === 'attach') this.#handleAttach(message);
    else if (message.type === 'ack') this.#attachment?.acknowledge(message.seq);
    else if (message.type === 'hidden') this.#attachment?.hide(message.isHidden);
    else if (this.#options.onlooker) this.#refuse(new Fault('watch-only'));
    else this.#attachment?.resize(message.size, message);
    return undefined;
  }

  #readInput(bytes: Uint8Array): Fault | undefined {
    const frame = decodeFrame(bytes);
    if (frame?.kind !== 'input') return new Fault('bad-message', { detail: 'not an input frame' });
    if (this.#state === 'new') return new Fault('bad-message', { detail: 'input before attach' });
    // The session refuses it as well; here it does not even get that far. Nothing typed asks whether the server is there.
    if (this.#options.onlooker && frame.bytes.length > 0) this.#refuse(new Fault('watch-only'));
    else if (this.#attachment === undefined) this.#refuse(new Fault('no-such-terminal'));
    else this.#attachment.input(frame.seq, frame.bytes);
    // Counted afterwards: the echo is on its way meanwhile.
    this.#slowDown(this.#input.borrow(Math.max(1, frame.bytes.length)));
    return undefined;
  }

  /** A page that says too much is read later: acknowledgements and input must not be lost, nor end the connection. */
  #slowDown(waitMs: number): void {
    if (waitMs > 0) this.#options.socket.pauseFor(waitMs);
  }

  /** Another `attach` on the same socket is a page that wants a new shell after the old one ended. */
  #handleAttach(request: Attach): void {
    if (this.#state === 'opening' || !this.#options.opens.take()) {
      this.#refuse(new Fault('too-many'));
      return;
    }
    this.#attachment?.[Symbol.dispose]();
    this.#attachment = undefined;
    this.#state = 'opening';
    this.#open(request).then(
      (session) => this.#attach(session, request),
      (error: unknown) => this.#handleNotOpened(toFault(error)),
    );
  }

  async #open({ terminal, viewer, epoch, size }: Attach): Promise<TerminalSession> {
    const signal = this.#gone.signal;
    return await this.#options.openTerminal({ terminal: terminal as TerminalName, viewer, epoch, size, signal });
  }

  #attach(session: TerminalSession, { viewer, epoch, from, size }: Attach): void {
    if (this.#gone.signal.aborted) return;
    this.#state = 'attached';
    const shown = epoch !== undefined && from !== undefined ? { epoch, from } : {};
    const { onlooker } = this.#options;
    // Whatever ids onlookers think of, they are nobody else's.
    const who = onlooker ? { viewer: `${onlooker.id}:${viewer}`, readOnly: true } : { viewer };
    this.#attachment = session.attach({ ...who, size, sink: this.#buildSink(), ...shown });
  }

  #handleNotOpened(fault: Fault): void {
    if (this.#gone.signal.aborted) return;
    this.#state = 'attached';
    if (fault.code === 'internal') this.#options.log(`terminal not opened: ${String(fault.cause)}`);
    this.#refuse(fault);
  }

  #buildSink(): ViewerSink {
    const { socket, limits } = this.#options;
    return {
      sendFrame: (frame) => socket.sendFrame(frame),
      sendMessage: (message) => socket.sendJson(message),
      isReady: () => socket.bufferedBytes < Math.max(limits.bufferedBytes, socket.leastWaitingBytes),
      handleReplaced: () => socket.closeWith(replacedCode, 'Taken over by a newer connection of this page.'),
    };
  }

  #refuse(fault: Fault): void {
    if (this.#options.onlooker) this.#refusals += 1;
    if (this.#refusals > maxRefusals) this.#options.socket.close(fault);
    else this.#options.socket.sendJson({ type: 'refused', code: fault.code, message: fault.sentence });
  }
}
