/**
 * Arithmetic on IPv4 addresses and networks. Numbers, not strings: an address is 0 … 2³²−1.
 * Knows nothing about who typed them; `form/read-value.ts` says what is wrong with a typed one.
 */

/** A network: its first address and the length of its prefix. */
export interface Ipv4Network {
  readonly address: number;
  readonly prefix: number;
}

/** The address of `a.b.c.d`; `undefined` for anything else. */
export function parseIpv4(text: string): number | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) <= 255)) {
    return undefined;
  }
  return octets.reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

/** `a.b.c.d`. */
export function formatIpv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 255).join('.');
}

/** Prefix length of a netmask (`255.255.255.0` → 24); `undefined` when its ones do not stand together at the front. */
export function prefixOfMask(mask: number): number | undefined {
  const prefix = Math.clz32(~mask >>> 0);
  return maskOfPrefix(prefix) === mask ? prefix : undefined;
}

/** Netmask of a prefix length. */
export function maskOfPrefix(prefix: number): number {
  return prefix === 0 ? 0 : (-1 << (32 - prefix)) >>> 0;
}

/** Number of addresses in a network of this prefix length. */
export function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix);
}

/** The network in which `address` lies. */
export function networkOf(address: number, prefix: number): Ipv4Network {
  return { address: (address & maskOfPrefix(prefix)) >>> 0, prefix };
}

/** The network of `a.b.c.d/n`; `undefined` for anything else and when host bits are set. */
export function parseNetwork(text: string): Ipv4Network | undefined {
  const [head = '', tail = '', ...rest] = text.split('/');
  const address = parseIpv4(head);
  if (address === undefined || rest.length > 0 || !/^\d{1,2}$/.test(tail) || Number(tail) > 32) return undefined;
  const network = networkOf(address, Number(tail));
  return network.address === address ? network : undefined;
}

/** `a.b.c.d/n`. */
export function formatNetwork({ address, prefix }: Ipv4Network): string {
  return `${formatIpv4(address)}/${prefix}`;
}

/** Last address of a network: its broadcast address. */
export function lastOf({ address, prefix }: Ipv4Network): number {
  return address + sizeOf(prefix) - 1;
}

/** Whether every address of `inner` is in `outer`. */
export function isWithin(inner: Ipv4Network, outer: Ipv4Network): boolean {
  return inner.address >= outer.address && lastOf(inner) <= lastOf(outer);
}

/** Whether the networks share an address. */
export function overlap(left: Ipv4Network, right: Ipv4Network): boolean {
  return left.address <= lastOf(right) && right.address <= lastOf(left);
}

/** Whether a machine may have this address: in the network, but neither its first address nor its last. */
export function isHostOf(address: number, network: Ipv4Network): boolean {
  return address > network.address && address < lastOf(network);
}
