/**
 * IPv4 and MAC addresses as the packet functions use them: an IPv4 address is an unsigned 32-bit number,
 * a MAC address six bytes. Knows nothing about packets, sockets or which addresses a lab has.
 */

/** An IPv4 address as an unsigned 32-bit number. */
export type Ipv4 = number;

/** An IPv4 network: its first address, its mask and its last (broadcast) address. */
export interface Subnet {
  readonly network: Ipv4;
  readonly mask: Ipv4;
  readonly broadcast: Ipv4;
}

/** The Ethernet address that every station takes in. */
export const BROADCAST_MAC: Uint8Array = Uint8Array.of(255, 255, 255, 255, 255, 255);

/** 255.255.255.255, the address of "everybody on this wire". */
export const BROADCAST_IPV4: Ipv4 = 0xffffffff;

/** Reads dotted decimal; undefined when it is anything else. */
export function parseIpv4Address(text: string): Ipv4 | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let address = 0;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    address = address * 256 + Number(part);
  }
  return address;
}

/** Writes dotted decimal. */
export function formatIpv4Address(address: Ipv4): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

/**
 * Reads `213.0.113.0/24`. The prefix must lie between 8 and 24, since the fixed host numbers (.1, .2, .128 to .254)
 * need a whole last octet, and the address must be the network's own.
 */
export function parseSubnet(text: string): Subnet | undefined {
  const [address, prefix, ...rest] = text.split('/');
  const network = parseIpv4Address(address ?? '');
  if (network === undefined || rest.length > 0 || !/^\d{1,2}$/.test(prefix ?? '')) return undefined;
  const bits = Number(prefix);
  if (bits < 8 || bits > 24) return undefined;
  const mask = (0xffffffff << (32 - bits)) >>> 0;
  if ((network & mask) >>> 0 !== network) return undefined;
  return { network, mask, broadcast: (network | ~mask) >>> 0 };
}

/** Whether the address is one that a machine on the subnet may have (neither the network's nor the broadcast address). */
export function isHostOf(subnet: Subnet, address: Ipv4): boolean {
  return (address & subnet.mask) >>> 0 === subnet.network && address !== subnet.network && address !== subnet.broadcast;
}

/** A locally administered MAC address made from an IPv4 address, so that `ip neigh` in the guest is easy to read. */
export function buildMac(address: Ipv4): Uint8Array {
  return Uint8Array.of(2, 0, address >>> 24, (address >>> 16) & 255, (address >>> 8) & 255, address & 255);
}

/** A MAC address as text, for use as a key. */
export function formatMac(mac: Uint8Array): string {
  return Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** Whether two byte strings are the same. */
export function isSameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, index) => byte === right[index]);
}
