/**
 * A WebSocket with the manners that both routes share: faults become close codes, a heartbeat finds dead
 * connections, and no message of the page can throw. The only file beside create-gateway.ts that knows `ws`.
 */
import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { Fault } from '../../src/faults.ts';
import { encodeFrame, type Frame } from '../../src/protocol/frame.ts';
import { FrameMemory } from './frame-memory.ts';
import type { GatewayLimits } from './limits.ts';

/** What a route does with a socket. */
export interface SocketHandlers {
  handleText(text: string): void;
  handleBinary(bytes: Uint8Array): void;
  handleClose(): void;
  /** More was waiting to be sent than the stream likes; now all of it is gone. */
  handleDrain?(): void;
}

/** Why the library closed a socket by itself: it knows the code and says nothing. */
const ownCloses: Readonly<Record<number, string>> = {
  1002: 'The bytes are not a valid WebSocket frame.',
  1007: 'The text is not valid UTF-8.',
  1009: 'The message is larger than any that is allowed.',
};

/** Longest reason that a close frame carries, bytes of UTF-8. */
const maxReasonBytes = 123;

/** Where all sockets' frames are made, one after the other. */
const frameMemory = new FrameMemory();

/** One socket. What it is told before the handshake is answered goes out right after it. */
export class Socket {
  readonly #limits: Pick<GatewayLimits, 'pingMs' | 'silenceMs'>;
  readonly #first: string | undefined;
  readonly #closed: (() => void)[] = [];
  #handlers: SocketHandlers | undefined;
  #ws: WebSocket | undefined;
  /** What the WebSocket sends on. */
  #stream: Duplex | undefined;
  readonly #early: ((ws: WebSocket) => void)[] = [];
  #isClosing = false;
  /** Whether anything was heard since the last beat, and how many beats came since one found that so. */
  #isHeard = false;
  #silentBeats = 0;
  #resumeTimer: NodeJS.Timeout | undefined;

  /** `first` is what the page said with its address. */
  constructor(limits: Pick<GatewayLimits, 'pingMs' | 'silenceMs'>, first?: string) {
    this.#limits = limits;
    this.#first = first;
  }

  /** Says who reads. What the page said with its address is read at once, so that what it asks for is begun before the handshake is answered. */
  start(handlers: SocketHandlers): void {
    this.#handlers = handlers;
    if (this.#first !== undefined) handlers.handleText(this.#first);
  }

  /** The handshake is done; the WebSocket sends on `stream`. */
  open(ws: WebSocket, stream: Duplex): void {
    this.#ws = ws;
    this.#stream = stream;
    stream.on('drain', () => this.#handlers?.handleDrain?.());
    ws.on('pong', () => this.#hear());
    ws.on('ping', () => this.#hear());
    // Protocol errors and oversize frames: ws closes by itself, with the right code.
    ws.on('error', () => {});
    const close = ws.close.bind(ws);
    ws.close = (code, reason) => close(code, reason ?? ownCloses[code ?? 0]);
    ws.on('message', (data, isBinary) => this.#read(data, isBinary));
    const heartbeat = setInterval(() => this.#beat(), this.#limits.pingMs);
    ws.once('close', () => {
      clearInterval(heartbeat);
      this.#end();
    });
    for (const act of this.#early.splice(0)) act(ws);
  }

  /** The handshake is over; nothing to do unless it came to nothing. */
  abandon(): void {
    if (this.#ws === undefined) this.#end();
  }

  /** It is closed, whoever did it. */
  onClose(listener: () => void): void {
    this.#closed.push(listener);
  }

  /** Whether messages still go out. */
  get isOpen(): boolean {
    return !this.#isClosing && (this.#ws === undefined || this.#ws.readyState === this.#ws.OPEN);
  }

  /** How much may wait before `handleDrain` follows for certain, bytes. */
  get leastWaitingBytes(): number {
    return this.#stream?.writableHighWaterMark ?? 0;
  }

  /** Bytes that wait to be sent. */
  get bufferedBytes(): number {
    return this.#stream?.writableLength ?? 0;
  }

  /** Sends a JSON message. */
  sendJson(message: unknown): void {
    if (this.isOpen) this.#act((ws) => ws.send(JSON.stringify(message)));
  }

  /** Sends a frame, which is copied. */
  sendFrame(frame: Frame): void {
    if (!this.isOpen) return;
    if (this.#stream === undefined) this.#sendEarly(encodeFrame(frame));
    else writeFrame(this.#stream, frame);
  }

  /** Closes with a fault's code; the English sentence is the reason. */
  close(fault: Fault): void {
    this.closeWith(fault.close, fault.message);
  }

  /** Closes with a code and a reason. */
  closeWith(code: number, reason: string): void {
    this.#isClosing = true;
    this.#act((ws) => ws.close(code, cutReason(reason)));
  }

  /** Reads nothing for a while: what the page sends waits in the network. */
  pauseFor(ms: number): void {
    this.#act((ws) => {
      ws.pause();
      clearTimeout(this.#resumeTimer);
      this.#resumeTimer = setTimeout(() => ws.resume(), ms);
    });
  }

  #sendEarly(bytes: Uint8Array): void {
    this.#act((ws) => ws.send(bytes));
  }

  #act(act: (ws: WebSocket) => void): void {
    if (this.#ws === undefined) this.#early.push(act);
    else act(this.#ws);
  }

  #read(data: RawData, isBinary: boolean): void {
    this.#hear();
    if (!this.isOpen) return; // It is being closed for an earlier message.
    if (isBinary) this.#handlers?.handleBinary(toBytes(data));
    else this.#handlers?.handleText(toBytes(data).toString('utf8'));
  }

  #end(): void {
    clearTimeout(this.#resumeTimer);
    this.#handlers?.handleClose();
    for (const listener of this.#closed) listener();
  }

  #hear(): void {
    this.#isHeard = true;
  }

  #beat(): void {
    this.#silentBeats = this.#isHeard ? 0 : this.#silentBeats + 1;
    this.#isHeard = false;
    // Terminated, not closed: a dead connection would not answer.
    if (this.#silentBeats * this.#limits.pingMs >= this.#limits.silenceMs) this.#ws?.terminate();
    else if (this.isOpen) this.#ws?.ping();
  }
}

function writeFrame(stream: Duplex, frame: Frame): void {
  const isIdle = stream.writableLength === 0;
  const message = frameMemory.write(frame);
  // What is going to wait is kept as a copy of its own size: the shared memory would be kept for every line.
  stream.write(isIdle ? message : Buffer.from(message));
  // Nearly always the system has taken all of it at once. If not, the rest is sent from there later.
  if (isIdle && stream.writableLength > 0) frameMemory.renew();
}

function toBytes(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

/** Cut between characters, so that the frame stays valid UTF-8. */
function cutReason(reason: string): string {
  const bytes = Buffer.from(reason);
  return new TextDecoder().decode(bytes.subarray(0, maxReasonBytes), { stream: true });
}
