/** IPv4 packets (RFC 791). Fragments are recognised, never put together. Knows nothing about routes. */
import type { Ipv4 } from './address.ts';
import { internetChecksum, joinBytes, viewOf } from './bytes.ts';

/** The protocol number of ICMP. */
export const PROTOCOL_ICMP = 1;
/** The protocol number of TCP. */
export const PROTOCOL_TCP = 6;
/** The protocol number of UDP. */
export const PROTOCOL_UDP = 17;

const HEADER_BYTES = 20;

/** What a packet says, without its header's bookkeeping. */
export interface Ipv4Content {
  readonly source: Ipv4;
  readonly destination: Ipv4;
  readonly protocol: number;
  readonly ttl: number;
  readonly payload: Uint8Array;
}

/** A packet as it came in. */
export interface Ipv4Packet extends Ipv4Content {
  readonly isFragment: boolean;
  /** The whole packet without the frame's padding; ICMP errors quote its beginning. */
  readonly raw: Uint8Array;
  readonly headerBytes: number;
}

/** Reads a packet; undefined when version, lengths or header checksum are wrong. */
export function parseIpv4(bytes: Uint8Array): Ipv4Packet | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const view = viewOf(bytes);
  const headerBytes = (view.getUint8(0) & 15) * 4;
  const totalBytes = view.getUint16(2);
  if (view.getUint8(0) >>> 4 !== 4 || headerBytes < HEADER_BYTES) return undefined;
  if (totalBytes < headerBytes || totalBytes > bytes.length) return undefined;
  if (internetChecksum([bytes.subarray(0, headerBytes)]) !== 0) return undefined;
  return {
    source: view.getUint32(12),
    destination: view.getUint32(16),
    protocol: view.getUint8(9),
    ttl: view.getUint8(8),
    payload: bytes.subarray(headerBytes, totalBytes),
    // More-fragments flag or a fragment offset.
    isFragment: (view.getUint16(6) & 0x3fff) !== 0,
    raw: bytes.subarray(0, totalBytes),
    headerBytes,
  };
}

/** Writes a packet without options, "don't fragment" set. */
export function buildIpv4(content: Ipv4Content): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  const view = viewOf(header);
  view.setUint8(0, 0x45);
  view.setUint16(2, HEADER_BYTES + content.payload.length);
  view.setUint16(6, 0x4000);
  view.setUint8(8, content.ttl);
  view.setUint8(9, content.protocol);
  view.setUint32(12, content.source);
  view.setUint32(16, content.destination);
  view.setUint16(10, internetChecksum([header]));
  return joinBytes([header, content.payload]);
}

/** Who talks to whom, as the transport checksums need it. */
export interface TransportPath {
  readonly source: Ipv4;
  readonly destination: Ipv4;
  readonly protocol: number;
}

/** The checksum of UDP and TCP: over the pseudo header and the segment. */
export function transportChecksum(path: TransportPath, segment: Uint8Array): number {
  const pseudo = new Uint8Array(12);
  const view = viewOf(pseudo);
  view.setUint32(0, path.source);
  view.setUint32(4, path.destination);
  view.setUint8(9, path.protocol);
  view.setUint16(10, segment.length);
  return internetChecksum([pseudo, segment]);
}
