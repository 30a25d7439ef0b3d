/**
 * What the drawing of a virtual network shows for what is typed so far. Pure. It says what is so (this address is
 * outside, these two are the same), never what would be right: that is the server's to say.
 */
import {
  formatIpv4,
  type Ipv4Network,
  isHostOf,
  lastOf,
  networkOf,
  parseIpv4,
  prefixOfMask,
} from '../../course/ipv4.ts';

/** Typed texts of the form; choices are already the texts that the reader sees. */
export interface NetworkTyped {
  readonly network: string;
  readonly subnet: string;
  readonly mask: string;
  readonly first: string;
  readonly last: string;
  readonly gateway: string;
  readonly machine: string;
}

/** Something odd about an address. */
export type Oddity = 'outside' | 'clash' | 'pooled' | 'backwards';

/** An address with its place on the ruler (0–1, absent outside the subnet). */
export interface PlacedAddress {
  readonly text: string;
  readonly oddity?: Oddity;
  readonly at?: number;
  /** Short name on the ruler: `.2`. */
  readonly tail?: string;
}

/** What is drawn. Parts that cannot be read yet are absent. */
export interface NetworkView {
  readonly name: string;
  /** `192.168.113.0/24`, as far as it is known. */
  readonly subnet: string;
  readonly host?: PlacedAddress;
  readonly gateway?: PlacedAddress;
  readonly machine?: PlacedAddress;
  readonly pool?: { readonly first: PlacedAddress; readonly last: PlacedAddress; readonly oddity?: Oddity };
  /** Ends of the ruler. */
  readonly ends?: readonly [string, string];
}

/** The first addresses stand wide apart on the ruler: everything with a fixed place is among them. */
const wideAddresses = 5;
/** Share of the ruler that they take. */
const wideShare = 0.4;

/** Works out the view. */
export function viewNetwork(typed: NetworkTyped): NetworkView {
  const subnet = readSubnet(typed);
  const read = (text: string) => parseIpv4(text.trim());
  const [gateway, machine, first, last] = [typed.gateway, typed.machine, typed.first, typed.last].map(read);
  const host = subnet && subnet.address + 1;
  const all = [host, gateway, machine].filter((address) => address !== undefined);
  const place = (address: number | undefined): PlacedAddress | undefined =>
    address === undefined ? undefined : placeAddress(address, subnet, oddityOf(address, { subnet, all, first, last }));
  const parts = {
    host: place(host),
    gateway: place(gateway),
    machine: place(machine),
    pool: poolOf(first, last, subnet),
  };
  const known = Object.fromEntries(
    Object.entries(parts).filter(([, part]) => part !== undefined),
  ) as Partial<NetworkView>;
  return {
    name: typed.network,
    subnet: subnet ? `${formatIpv4(subnet.address)}/${subnet.prefix}` : '',
    ...known,
    ...(subnet ? { ends: [tailOf(subnet.address, subnet), tailOf(lastOf(subnet), subnet)] as const } : {}),
  };
}

function readSubnet({ subnet, mask }: NetworkTyped): Ipv4Network | undefined {
  const address = parseIpv4(subnet.trim());
  const short = /^\/?\s?(\d{1,2})$/.exec(mask.trim());
  const long = parseIpv4(mask.trim());
  const prefix = short ? Number(short[1]) : long === undefined ? undefined : prefixOfMask(long);
  return address === undefined || prefix === undefined || prefix > 30 ? undefined : networkOf(address, prefix);
}

interface Surroundings {
  readonly subnet: Ipv4Network | undefined;
  readonly all: readonly number[];
  readonly first: number | undefined;
  readonly last: number | undefined;
}

function oddityOf(address: number, { subnet, all, first, last }: Surroundings): Oddity | undefined {
  if (subnet && !isHostOf(address, subnet)) return 'outside';
  if (all.filter((other) => other === address).length > 1) return 'clash';
  return first !== undefined && last !== undefined && address >= first && address <= last ? 'pooled' : undefined;
}

function poolOf(
  first: number | undefined,
  last: number | undefined,
  subnet: Ipv4Network | undefined,
): NetworkView['pool'] | undefined {
  if (first === undefined || last === undefined) return undefined;
  const isOutside = subnet !== undefined && !(isHostOf(first, subnet) && isHostOf(last, subnet));
  const oddity: Oddity | undefined = last < first ? 'backwards' : isOutside ? 'outside' : undefined;
  return {
    first: placeAddress(first, subnet, undefined),
    last: placeAddress(last, subnet, undefined),
    ...(oddity ? { oddity } : {}),
  };
}

function placeAddress(address: number, subnet: Ipv4Network | undefined, oddity: Oddity | undefined): PlacedAddress {
  const text = formatIpv4(address);
  const isInside = subnet !== undefined && address >= subnet.address && address <= lastOf(subnet);
  return {
    text,
    ...(oddity ? { oddity } : {}),
    ...(isInside
      ? { at: positionOf(address - subnet.address, lastOf(subnet) - subnet.address), tail: tailOf(address, subnet) }
      : {}),
  };
}

function positionOf(number: number, last: number): number {
  if (last <= wideAddresses) return number / last;
  if (number <= wideAddresses) return (number / wideAddresses) * wideShare;
  return wideShare + ((number - wideAddresses) / (last - wideAddresses)) * (1 - wideShare);
}

/** The part of an address that its neighbours do not share. */
function tailOf(address: number, { prefix }: Ipv4Network): string {
  const octets = formatIpv4(address).split('.');
  return `.${octets.slice(Math.min(3, Math.floor(prefix / 8))).join('.')}`;
}
