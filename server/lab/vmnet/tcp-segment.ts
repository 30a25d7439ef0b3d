/** TCP segments (RFC 9293): reading and writing. Knows nothing about connections. */
import { joinBytes, viewOf } from './bytes.ts';
import { PROTOCOL_TCP, type TransportPath, transportChecksum } from './ipv4.ts';

const HEADER_BYTES = 20;
const OPTION_END = 0;
const OPTION_NOP = 1;
const OPTION_MSS = 2;
/** What a peer that names no segment size can take (RFC 9293 3.7.1). */
const DEFAULT_MSS_BYTES = 536;

/** Bits of the flags field; several may be set. */
export const FLAG = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16 } as const;

/** A segment without its ports' addresses. */
export interface TcpSegment {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly acknowledgement: number;
  readonly flags: number;
  readonly window: number;
  readonly mssBytes: number;
  readonly payload: Uint8Array;
}

/** The two ends between which a segment travels. */
export type TcpPath = Omit<TransportPath, 'protocol'>;

/** Reads a segment; undefined when lengths or checksum are wrong. */
export function parseTcp(path: TcpPath, bytes: Uint8Array): TcpSegment | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const view = viewOf(bytes);
  const headerBytes = (view.getUint8(12) >>> 4) * 4;
  if (headerBytes < HEADER_BYTES || headerBytes > bytes.length) return undefined;
  if (transportChecksum({ ...path, protocol: PROTOCOL_TCP }, bytes) !== 0) return undefined;
  return {
    sourcePort: view.getUint16(0),
    destinationPort: view.getUint16(2),
    sequence: view.getUint32(4),
    acknowledgement: view.getUint32(8),
    flags: view.getUint8(13),
    window: view.getUint16(14),
    mssBytes: parseMss(bytes.subarray(HEADER_BYTES, headerBytes)),
    payload: bytes.subarray(headerBytes),
  };
}

/** Writes a segment with its checksum; the segment size option is written with SYN only. */
export function buildTcp(path: TcpPath, segment: TcpSegment): Uint8Array {
  const isSyn = (segment.flags & FLAG.syn) !== 0;
  const header = new Uint8Array(HEADER_BYTES + (isSyn ? 4 : 0));
  const view = viewOf(header);
  view.setUint16(0, segment.sourcePort);
  view.setUint16(2, segment.destinationPort);
  view.setUint32(4, segment.sequence);
  view.setUint32(8, segment.acknowledgement);
  view.setUint8(12, (header.length / 4) << 4);
  view.setUint8(13, segment.flags);
  view.setUint16(14, segment.window);
  if (isSyn) header.set([OPTION_MSS, 4, segment.mssBytes >>> 8, segment.mssBytes & 255], HEADER_BYTES);
  const bytes = joinBytes([header, segment.payload]);
  viewOf(bytes).setUint16(16, transportChecksum({ ...path, protocol: PROTOCOL_TCP }, bytes));
  return bytes;
}

/** `left - right` on the circle of sequence numbers: negative when left lies before right. */
export function sequenceDifference(left: number, right: number): number {
  return (left - right) | 0;
}

function parseMss(options: Uint8Array): number {
  let offset = 0;
  while (offset < options.length) {
    const kind = options[offset];
    const length = kind === OPTION_NOP ? 1 : (options[offset + 1] ?? 0);
    if (kind === OPTION_END || length < 1 || offset + length > options.length) break;
    if (kind === OPTION_MSS && length === 4) return viewOf(options).getUint16(offset + 2);
    offset += length;
  }
  return DEFAULT_MSS_BYTES;
}
