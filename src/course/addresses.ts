/**
 * The course's network addresses: two presets and the `%{name}` tokens that texts and scripts use.
 * These addresses exist only inside a lab; nothing here opens a socket.
 */

/** Names usable as `%{name}` in prose, scripts and diagrams. */
export const addressNames = [
  'subnet', // 213.0.113.0/24
  'prefix', // 213.0.113
  'host', // the host's adapter, .1
  'gateway', // the NAT device, .2
  'dns', // the same .2
  'vm', // the student's machine, .3
  'dhcp-start', // .128
  'dhcp-end', // .254
  'host-only-subnet', // 213.0.114.0/24
  'host-only-prefix',
  'host-only-host', // .1
  'host-only-vm', // .3
  'stray-prefix', // 213.0.115: a network that nothing in the lab is on
  'site', // address of www.example.com in the lab
] as const;

/** One address name. */
export type AddressName = (typeof addressNames)[number];
/** The value of every address name. */
export type Addresses = Readonly<Record<AddressName, string>>;
/** `class`: the class's own (public!) range. `private`: RFC 1918. */
export type AddressPreset = 'class' | 'private';

/** Builds all addresses of a preset. */
export function buildAddresses(preset: AddressPreset): Addresses {
  const nat = preset === 'class' ? '213.0.113' : '192.168.113';
  const hostOnly = preset === 'class' ? '213.0.114' : '192.168.114';
  const stray = preset === 'class' ? '213.0.115' : '192.168.115';
  return {
    subnet: `${nat}.0/24`,
    prefix: nat,
    host: `${nat}.1`,
    gateway: `${nat}.2`,
    dns: `${nat}.2`,
    vm: `${nat}.3`,
    'dhcp-start': `${nat}.128`,
    'dhcp-end': `${nat}.254`,
    'host-only-subnet': `${hostOnly}.0/24`,
    'host-only-prefix': hostOnly,
    'host-only-host': `${hostOnly}.1`,
    'host-only-vm': `${hostOnly}.3`,
    'stray-prefix': stray,
    site: '198.51.100.80',
  };
}

const token = /%\{([a-z-]+)\}/g;

/**
 * Replaces every `%{name}` of a known address name; other `%{…}` (such as curl's `%{http_code}`,
 * which has an underscore) stay as they are.
 */
export function fillAddresses(text: string, addresses: Addresses): string {
  return text.replace(token, (whole, name: string) => (name in addresses ? addresses[name as AddressName] : whole));
}
