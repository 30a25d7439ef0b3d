/**
 * The lab's DHCP server: a lease for each client out of a fixed pool, lowest free address first, as long as the network
 * lives. It reads no clock: leases do not run out; when the pool is empty the oldest lease is taken back.
 * Knows nothing about Ethernet, IP or UDP around its messages.
 */
import { formatMac, type Ipv4, isHostOf, type Subnet } from './address.ts';
import { viewOf } from './bytes.ts';
import { addressOption, buildDhcpReply, DHCP_OPTION, DHCP_TYPE, type DhcpRequest, parseDhcp } from './dhcp-message.ts';

/** VMware's default: half an hour. Clients renew at half of it. */
const LEASE_SECONDS = 1800;

/** What the server hands out. */
export interface DhcpSettings {
  readonly subnet: Subnet;
  readonly serverAddress: Ipv4;
  readonly firstAddress: Ipv4;
  readonly lastAddress: Ipv4;
  /** Absent on a host-only network. */
  readonly router?: Ipv4;
  /** Absent on a host-only network. */
  readonly dns?: Ipv4;
}

/** A message for a client. */
export interface DhcpAnswer {
  readonly message: Uint8Array;
  readonly clientMac: Uint8Array;
  /** Where to send it: an address, or undefined for "broadcast". */
  readonly destination: Ipv4 | undefined;
}

/** A DHCP server's memory and its answers. */
export interface DhcpServer {
  answer(bytes: Uint8Array): DhcpAnswer | undefined;
}

/** A server with an empty pool. */
export function createDhcpServer(settings: DhcpSettings): DhcpServer {
  const leases = createLeases(settings);
  const handlers: Readonly<Record<number, (request: DhcpRequest) => DhcpAnswer | undefined>> = {
    [DHCP_TYPE.discover]: (request) => offer(settings, leases, request),
    [DHCP_TYPE.request]: (request) => confirm(settings, leases, request),
    [DHCP_TYPE.inform]: (request) => inform(settings, request),
    [DHCP_TYPE.release]: (request) => void leases.release(formatMac(request.clientMac)),
    // Somebody already uses the address: give it up, and offer it last from now on.
    [DHCP_TYPE.decline]: (request) => void leases.decline(formatMac(request.clientMac)),
  };
  return {
    answer(bytes) {
      const request = parseDhcp(bytes);
      return request === undefined ? undefined : handlers[request.messageType]?.(request);
    },
  };
}

function offer(settings: DhcpSettings, leases: Leases, request: DhcpRequest): DhcpAnswer {
  const wanted = addressOption(request, DHCP_OPTION.requestedAddress);
  const address = leases.pick(formatMac(request.clientMac), wanted);
  return buildPositive(settings, request, { messageType: DHCP_TYPE.offer, address });
}

function confirm(settings: DhcpSettings, leases: Leases, request: DhcpRequest): DhcpAnswer | undefined {
  const server = addressOption(request, DHCP_OPTION.server);
  if (server !== undefined && server !== settings.serverAddress) return undefined;
  const address = addressOption(request, DHCP_OPTION.requestedAddress) ?? request.clientAddress;
  if (!leases.bind(formatMac(request.clientMac), address)) return buildNak(settings, request);
  return buildPositive(settings, request, { messageType: DHCP_TYPE.ack, address });
}

function inform(settings: DhcpSettings, request: DhcpRequest): DhcpAnswer | undefined {
  if (!isHostOf(settings.subnet, request.clientAddress)) return undefined;
  return buildPositive(settings, request, { messageType: DHCP_TYPE.ack, address: undefined });
}

function buildPositive(
  settings: DhcpSettings,
  request: DhcpRequest,
  { messageType, address }: { readonly messageType: number; readonly address: Ipv4 | undefined },
): DhcpAnswer {
  const lease: [number, Uint8Array][] = address === undefined ? [] : [[DHCP_OPTION.leaseSeconds, word(LEASE_SECONDS)]];
  const options = [
    [DHCP_OPTION.server, word(settings.serverAddress)] as const,
    ...lease,
    ...wantedOptions(settings, request),
  ];
  const message = buildDhcpReply(request, { messageType, yourAddress: address ?? 0, options });
  return { message, clientMac: request.clientMac, destination: destinationFor(request, address) };
}

function buildNak(settings: DhcpSettings, request: DhcpRequest): DhcpAnswer {
  const options = [[DHCP_OPTION.server, word(settings.serverAddress)] as const];
  const message = buildDhcpReply(request, { messageType: DHCP_TYPE.nak, yourAddress: 0, options });
  return { message, clientMac: request.clientMac, destination: undefined };
}

/** RFC 2131 4.1: to the address in use, else by broadcast if the client asks for it, else to the new address. */
function destinationFor(request: DhcpRequest, address: Ipv4 | undefined): Ipv4 | undefined {
  if (request.clientAddress !== 0) return request.clientAddress;
  return request.isBroadcastWanted ? undefined : address;
}

function wantedOptions(settings: DhcpSettings, request: DhcpRequest): (readonly [number, Uint8Array])[] {
  const asked = request.options.get(DHCP_OPTION.parameterList);
  const all = [
    [DHCP_OPTION.mask, settings.subnet.mask],
    [DHCP_OPTION.router, settings.router],
    [DHCP_OPTION.dns, settings.dns],
    [DHCP_OPTION.broadcast, settings.subnet.broadcast],
  ] as const;
  return all.flatMap(([code, value]) => {
    const isWanted = value !== undefined && (asked === undefined || asked.includes(code));
    return isWanted ? [[code, word(value)] as const] : [];
  });
}

function word(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  viewOf(bytes).setUint32(0, value);
  return bytes;
}

interface Leases {
  /** The address to offer: the client's own, the wanted one if free, the lowest free one, else the oldest lease's. */
  pick(client: string, wanted: Ipv4 | undefined): Ipv4;
  /** Gives the address to the client; false when it is outside the pool or another client's. */
  bind(client: string, address: Ipv4): boolean;
  release(client: string): void;
  decline(client: string): void;
}

function createLeases({ firstAddress, lastAddress }: DhcpSettings): Leases {
  // Insertion order is age: the first entry is the oldest.
  const clientOf = new Map<Ipv4, string>();
  const declined = new Set<Ipv4>();
  const isInPool = (address: Ipv4): boolean => address >= firstAddress && address <= lastAddress;
  const addressOf = (client: string): Ipv4 | undefined => [...clientOf].find(([, owner]) => owner === client)?.[0];
  const isFree = (address: Ipv4): boolean => isInPool(address) && !clientOf.has(address) && !declined.has(address);
  const free = (client: string): Ipv4 | undefined => {
    const address = addressOf(client);
    if (address !== undefined) clientOf.delete(address);
    return address;
  };
  const firstFree = (): Ipv4 | undefined => {
    for (let address = firstAddress; address <= lastAddress; address += 1) if (isFree(address)) return address;
    return undefined;
  };
  const takeBack = (): Ipv4 => {
    declined.clear();
    const [oldest] = clientOf.keys();
    return firstFree() ?? oldest ?? firstAddress;
  };
  const give = (client: string, address: Ipv4): Ipv4 => {
    free(client);
    clientOf.delete(address);
    clientOf.set(address, client);
    return address;
  };
  return {
    pick(client, wanted) {
      const own = addressOf(client);
      if (own !== undefined) return own;
      if (wanted !== undefined && isFree(wanted)) return give(client, wanted);
      return give(client, firstFree() ?? takeBack());
    },
    bind(client, address) {
      const owner = clientOf.get(address);
      if (!isInPool(address) || (owner !== undefined && owner !== client)) return false;
      give(client, address);
      return true;
    },
    release: (client) => void free(client),
    decline(client) {
      const address = free(client);
      if (address !== undefined) declined.add(address);
    },
  };
}
