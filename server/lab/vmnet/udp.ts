/** UDP datagrams (RFC 768). Knows nothing about the services behind the ports. */
import { viewOf } from './bytes.ts';
import { PROTOCOL_UDP, type TransportPath, transportChecksum } from './ipv4.ts';

const HEADER_BYTES = 8;

/** Ports and content of a datagram. */
export interface UdpDatagram {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly payload: Uint8Array;
}

/** The two ends between which a datagram travels. */
export type UdpPath = Omit<TransportPath, 'protocol'>;

/** Reads a datagram; undefined when length or checksum are wrong. A checksum of 0 means "none" and is taken. */
export function parseUdp(path: UdpPath, bytes: Uint8Array): UdpDatagram | undefined {
  if (bytes.length < HEADER_BYTES) return undefined;
  const view = viewOf(bytes);
  const length = view.getUint16(4);
  if (length < HEADER_BYTES || length > bytes.length) return undefined;
  const datagram = bytes.subarray(0, length);
  const isChecked = view.getUint16(6) !== 0;
  if (isChecked && transportChecksum({ ...path, protocol: PROTOCOL_UDP }, datagram) !== 0) return undefined;
  return {
    sourcePort: view.getUint16(0),
    destinationPort: view.getUint16(2),
    payload: datagram.subarray(HEADER_BYTES),
  };
}

/** Writes a datagram with its checksum. */
export function buildUdp(path: UdpPath, datagram: UdpDatagram): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + datagram.payload.length);
  const view = viewOf(bytes);
  view.setUint16(0, datagram.sourcePort);
  view.setUint16(2, datagram.destinationPort);
  view.setUint16(4, bytes.length);
  bytes.set(datagram.payload, HEADER_BYTES);
  // A computed 0 is sent as 0xffff, since 0 means "no checksum".
  view.setUint16(6, transportChecksum({ ...path, protocol: PROTOCOL_UDP }, bytes) || 0xffff);
  return bytes;
}
