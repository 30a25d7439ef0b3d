/** The guest's side of one TCP connection, for tests: sends, acknowledges, repeats, and can lose segments on the way. */
import type { Network } from '../../../../server/lab/vmnet/network.ts';
import { GUEST, ipFrame, pseudoHeader, readIpFrame, referenceChecksum, u16, u32 } from './guest.ts';

export const FIN = 1;
export const SYN = 2;
export const RST = 4;
export const ACK = 16;

export interface ReadSegment {
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly flags: number;
  readonly payload: Buffer;
}

export interface TcpClient {
  readonly received: Buffer;
  readonly isClosedByPeer: boolean;
  readonly isReset: boolean;
  /** The flags and sizes of everything that arrived. */
  readonly log: readonly string[];
  connect(): void;
  send(data: string | Buffer, flags?: number): void;
  /** Sends the last data segment once more, as after a timeout. */
  repeat(): void;
  /** A pure acknowledgement of what has arrived. */
  acknowledge(): void;
  close(): void;
}

export interface TcpClientOptions {
  readonly to: string;
  readonly port?: number;
  readonly sourcePort?: number;
  readonly window?: number;
  /** Whether the nth segment from the network gets lost. */
  readonly isLost?: (index: number) => boolean;
}

export function createTcpClient(network: Network, options: TcpClientOptions): TcpClient {
  const { to, port = 80, sourcePort = 40_000, window = 64_240, isLost = () => false } = options;
  const log: string[] = [];
  const start = 0xfffffff0; // close to the end, so that sequence numbers wrap around
  let sent = start;
  let expected = 0;
  let received: Buffer = Buffer.alloc(0);
  let isClosedByPeer = false;
  let isReset = false;
  let arrivals = 0;
  let last: { data: Buffer; flags: number; sequence: number } = { data: Buffer.alloc(0), flags: ACK, sequence: start };

  const transmit = (flags: number, sequence: number, data: Buffer): void => {
    const payload = buildSegment({
      to,
      ports: [sourcePort, port],
      sequence,
      acknowledgement: expected,
      flags,
      window,
      data,
    });
    const replies = network.handleFrame(ipFrame({ to, protocol: 6, payload }));
    for (const reply of replies) if (!isLost(arrivals++)) take(readSegment(reply));
  };
  const take = (segment: ReadSegment): void => {
    log.push(`${segment.flags}:${segment.payload.length}`);
    if ((segment.flags & RST) !== 0) isReset = true;
    if ((segment.flags & SYN) !== 0) expected = (segment.sequence + 1) >>> 0;
    else if (segment.sequence === expected) accept(segment);
    else if (segment.payload.length > 0) transmit(ACK, sent, Buffer.alloc(0));
  };
  const accept = (segment: ReadSegment): void => {
    received = Buffer.concat([received, segment.payload]);
    expected = (expected + segment.payload.length + (segment.flags & FIN)) >>> 0;
    if ((segment.flags & FIN) !== 0) isClosedByPeer = true;
    if (segment.payload.length > 0 || (segment.flags & FIN) !== 0) transmit(ACK, sent, Buffer.alloc(0));
  };
  const advance = (flags: number, data: Buffer): void => {
    last = { data, flags, sequence: sent };
    sent = (sent + data.length + (flags & FIN) + (flags & SYN ? 1 : 0)) >>> 0;
    transmit(flags, last.sequence, data);
  };
  return {
    get received() {
      return received;
    },
    get isClosedByPeer() {
      return isClosedByPeer;
    },
    get isReset() {
      return isReset;
    },
    log,
    connect() {
      advance(SYN, Buffer.alloc(0));
      if (!isReset && expected !== 0) transmit(ACK, sent, Buffer.alloc(0));
    },
    send: (data, flags = ACK) => advance(flags, Buffer.from(data)),
    repeat: () => transmit(last.flags, last.sequence, last.data),
    acknowledge: () => transmit(ACK, sent, Buffer.alloc(0)),
    close: () => advance(FIN | ACK, Buffer.alloc(0)),
  };
}

interface SegmentParts {
  readonly to: string;
  readonly ports: readonly [number, number];
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly flags: number;
  readonly window: number;
  readonly data: Buffer;
}

export function buildSegment(parts: SegmentParts): Buffer {
  const options = (parts.flags & SYN) === 0 ? Buffer.alloc(0) : Buffer.from('020405b40101', 'hex').subarray(0, 4);
  const segment = Buffer.concat([
    u16(parts.ports[0]),
    u16(parts.ports[1]),
    u32(parts.sequence),
    u32(parts.acknowledgement),
    Buffer.from([((20 + options.length) / 4) << 4, parts.flags]),
    u16(parts.window),
    u32(0),
    options,
    parts.data,
  ]);
  segment.writeUInt16BE(
    referenceChecksum(Buffer.concat([pseudoHeader(GUEST, parts.to, 6, segment.length), segment])),
    16,
  );
  return segment;
}

export function readSegment(frame: Uint8Array): ReadSegment {
  const { payload } = readIpFrame(frame);
  return {
    sequence: payload.readUInt32BE(4),
    acknowledgement: payload.readUInt32BE(8),
    flags: payload[13] ?? 0,
    payload: payload.subarray(((payload[12] ?? 0) >>> 4) * 4),
  };
}
