/**
 * The addresses of one virtual network, worked out from its settings the way VMware's VMnet1 and VMnet8 do it:
 * .1 the host adapter, .2 the NAT gateway and DNS, .128 to .253 for DHCP clients, .254 the DHCP server.
 * Pure; knows nothing about packets.
 */
import { type Ipv4, isHostOf, parseIpv4Address, parseSubnet, type Subnet } from './address.ts';
import { defaultNames, defaultSites, type VmnetSite } from './default-sites.ts';
import type { DnsNames } from './dns.ts';

/** The part of VmnetOptions that says what the network looks like. */
export interface VmnetSettings {
  /** `nat`: a gateway, DNS and a stub of the Internet behind it. `host-only`: the host adapter and DHCP, no way out. */
  readonly kind: 'nat' | 'host-only';
  /** For example `213.0.113.0/24`; a prefix from /8 to /24. */
  readonly subnet: string;
  /** The machines of the stub Internet (nat only); `defaultSites()` when left out. */
  readonly sites?: readonly VmnetSite[];
  /** DNS names and their addresses (nat only); those of `defaultSites()` when left out. Every other name does not exist. */
  readonly names?: Readonly<Record<string, string>>;
}

/** A network's addresses, parsed. */
export interface VmnetPlan {
  readonly kind: 'nat' | 'host-only';
  readonly subnet: Subnet;
  readonly host: Ipv4;
  /** Only on a nat network. */
  readonly gateway: Ipv4 | undefined;
  readonly dhcpServer: Ipv4;
  readonly dhcpFirst: Ipv4;
  readonly dhcpLast: Ipv4;
  readonly sites: readonly (VmnetSite & { readonly ipv4: Ipv4 })[];
  readonly names: DnsNames;
}

/** A setting that cannot be used: which one, and the value that was given. */
export interface BadSetting {
  readonly setting: 'subnet' | 'sites' | 'names' | 'socketPath';
  readonly value: string;
}

/** The plan, or the first setting that is wrong. */
export function buildPlan(settings: VmnetSettings): VmnetPlan | BadSetting {
  const subnet = parseSubnet(settings.subnet);
  if (subnet === undefined) return { setting: 'subnet', value: settings.subnet };
  const isNat = settings.kind === 'nat';
  const sites = buildSites(isNat ? (settings.sites ?? defaultSites()) : [], subnet);
  if ('setting' in sites) return sites;
  const names = buildNames(isNat ? (settings.names ?? defaultNames()) : {});
  if ('setting' in names) return names;
  return {
    kind: settings.kind,
    subnet,
    host: subnet.network + 1,
    gateway: isNat ? subnet.network + 2 : undefined,
    dhcpFirst: subnet.network + 128,
    dhcpLast: subnet.network + 253,
    dhcpServer: subnet.network + 254,
    sites,
    names,
  };
}

function buildSites(sites: readonly VmnetSite[], subnet: Subnet): VmnetPlan['sites'] | BadSetting {
  const built = [];
  for (const site of sites) {
    const ipv4 = parseIpv4Address(site.address);
    if (ipv4 === undefined || isHostOf(subnet, ipv4)) return { setting: 'sites', value: site.address };
    built.push({ ...site, ipv4 });
  }
  return built;
}

function buildNames(names: Readonly<Record<string, string>>): DnsNames | BadSetting {
  const built = new Map<string, Ipv4>();
  for (const [name, address] of Object.entries(names)) {
    const ipv4 = parseIpv4Address(address);
    if (ipv4 === undefined) return { setting: 'names', value: `${name}: ${address}` };
    built.set(name.toLowerCase().replace(/\.$/, ''), ipv4);
  }
  return built;
}
