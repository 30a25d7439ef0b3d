/** A WebSocket client that may break the rules: it writes the bytes of its frames itself. */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** How a frame is written. */
export interface RawFrame {
  readonly opcode: number;
  readonly payload?: Uint8Array;
  readonly isFinal?: boolean;
  /** The three reserved bits, 0 to 7. */
  readonly reserved?: number;
  readonly isMasked?: boolean;
  /** The length that is claimed; that of the payload by default. */
  readonly claimedBytes?: bigint;
}

const newline = '\r\n';
const longLength = { two: 126, eight: 127 } as const;

/** The bytes of a frame, with the longest form of its length. */
export function writeRawFrame(frame: RawFrame): Buffer {
  const { opcode, payload = new Uint8Array(), isFinal = true, reserved = 0, isMasked = true, claimedBytes } = frame;
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(claimedBytes ?? BigInt(payload.length));
  const isShort = claimedBytes === undefined && payload.length < longLength.two;
  const second = (isMasked ? 0x80 : 0) | (isShort ? payload.length : longLength.eight);
  const first = (isFinal ? 0x80 : 0) | (reserved << 4) | opcode;
  const mask = isMasked ? Buffer.alloc(4) : Buffer.alloc(0); // A mask of zeros leaves the payload as it is.
  return Buffer.concat([Buffer.of(first, second), isShort ? Buffer.alloc(0) : length, mask, payload]);
}

/** An upgraded connection. */
export class RawSocket implements Disposable {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  /** Whether the server ended the connection. */
  isEnded = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => {
      this.#received = Buffer.concat([this.#received, bytes]);
    });
    socket.on('error', () => {}); // `close` follows.
    socket.on('close', () => {
      this.isEnded = true;
    });
  }

  /** Connects and writes text, an HTTP request or the beginning of one. */
  static open(port: number, text: string): RawSocket {
    const socket = new RawSocket(connect(port, '127.0.0.1'));
    socket.write(Buffer.from(text));
    return socket;
  }

  /** Everything that came, as text. */
  get text(): string {
    return this.#received.toString('latin1');
  }

  /** Code and reason of the server's close frame, once it came. */
  get closeFrame(): { readonly code: number; readonly reason: string } | undefined {
    const bytes = this.#received.subarray(this.text.indexOf(newline + newline) + 4);
    for (let at = 0; at + 2 <= bytes.length; ) {
      const [opcode, short] = [(bytes[at] ?? 0) & 0x0f, bytes[at + 1] ?? 0];
      const headBytes = short === longLength.two ? 4 : short === longLength.eight ? 10 : 2;
      const length = headBytes === 2 ? short : Number(BigInt(`0x${bytes.toString('hex', at + 2, at + headBytes)}`));
      const payload = bytes.subarray(at + headBytes, at + headBytes + length);
      if (opcode === 8) return { code: payload.readUInt16BE(0), reason: payload.toString('utf8', 2) };
      at += headBytes + length;
    }
    return undefined;
  }

  /** Writes bytes as they are. */
  write(bytes: Uint8Array): void {
    if (!this.#socket.destroyed) this.#socket.write(bytes);
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}

/** The request of a browser that wants a WebSocket, without its closing empty line when it `isCut`. */
export function upgradeRequest(path: string, port: number, { isCut = false } = {}): string {
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    `Origin: http://127.0.0.1:${port}`,
    'Cookie: tadak_learner=mallet',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
  ];
  return lines.join(newline) + (isCut ? '' : newline + newline);
}
