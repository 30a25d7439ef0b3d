/** Ethernet II frames without their checksum, as QEMU carries them. Knows nothing about what is inside. */
import { joinBytes, viewOf } from './bytes.ts';

/** Bytes before the payload: two addresses and the type. */
export const ETHERNET_HEADER_BYTES = 14;
/** The largest frame a switch without jumbo frames passes on: header, one VLAN tag, 1500 bytes. */
export const MAX_FRAME_BYTES = 1518;
/** The type of a frame that carries an IPv4 packet. */
export const ETHER_TYPE_IPV4 = 0x0800;
/** The type of a frame that carries an ARP packet. */
export const ETHER_TYPE_ARP = 0x0806;

/** One frame, taken apart. */
export interface EthernetFrame {
  readonly destination: Uint8Array;
  readonly source: Uint8Array;
  readonly etherType: number;
  readonly payload: Uint8Array;
}

/** Takes a frame apart; undefined for runts, giants and frames that claim to come from a group address. */
export function parseEthernet(frame: Uint8Array): EthernetFrame | undefined {
  if (frame.length < ETHERNET_HEADER_BYTES || frame.length > MAX_FRAME_BYTES) return undefined;
  const view = viewOf(frame);
  if ((view.getUint8(6) & 1) === 1) return undefined;
  return {
    destination: frame.subarray(0, 6),
    source: frame.subarray(6, 12),
    etherType: view.getUint16(12),
    payload: frame.subarray(ETHERNET_HEADER_BYTES),
  };
}

/** Puts a frame together, padded to Ethernet's least length of 60 bytes. */
export function buildEthernet(frame: EthernetFrame): Uint8Array {
  const type = Uint8Array.of(frame.etherType >>> 8, frame.etherType & 255);
  const padding = new Uint8Array(Math.max(0, 46 - frame.payload.length));
  return joinBytes([frame.destination, frame.source, type, frame.payload, padding]);
}
