/** ARP for IPv4 over Ethernet (RFC 826). Knows nothing about who owns which address. */
import type { Ipv4 } from './address.ts';
import { viewOf } from './bytes.ts';

const ARP_BYTES = 28;
/** Hardware type 1 (Ethernet), protocol type IPv4, six and four bytes of address. */
const ETHERNET_IPV4 = [0x0001, 0x0800, 0x0604] as const;
const OPERATION = { request: 1, reply: 2 } as const;

/** A request ("who has") or reply ("is at"). */
export interface ArpMessage {
  readonly operation: 'request' | 'reply';
  readonly senderMac: Uint8Array;
  readonly senderAddress: Ipv4;
  readonly targetMac: Uint8Array;
  readonly targetAddress: Ipv4;
}

/** Reads an ARP message; undefined for other hardware, other protocols and other operations. */
export function parseArp(bytes: Uint8Array): ArpMessage | undefined {
  if (bytes.length < ARP_BYTES) return undefined;
  const view = viewOf(bytes);
  if (ETHERNET_IPV4.some((expected, index) => view.getUint16(index * 2) !== expected)) return undefined;
  const operation = view.getUint16(6);
  if (operation !== OPERATION.request && operation !== OPERATION.reply) return undefined;
  return {
    operation: operation === OPERATION.request ? 'request' : 'reply',
    senderMac: bytes.subarray(8, 14),
    senderAddress: view.getUint32(14),
    targetMac: bytes.subarray(18, 24),
    targetAddress: view.getUint32(24),
  };
}

/** Writes an ARP message. */
export function buildArp(message: ArpMessage): Uint8Array {
  const bytes = new Uint8Array(ARP_BYTES);
  const view = viewOf(bytes);
  for (const [index, value] of ETHERNET_IPV4.entries()) view.setUint16(index * 2, value);
  view.setUint16(6, OPERATION[message.operation]);
  bytes.set(message.senderMac, 8);
  view.setUint32(14, message.senderAddress);
  bytes.set(message.targetMac, 18);
  view.setUint32(24, message.targetAddress);
  return bytes;
}
