/**
 * One virtual network as a function from frames to frames: who is on the wire, what lies behind the gateway, who gets
 * no answer. Nothing is ever forwarded anywhere: every answer is computed here. Knows nothing about sockets or time.
 */
import { BROADCAST_IPV4, BROADCAST_MAC, buildMac, type Ipv4, isHostOf, isSameBytes } from './address.ts';
import { buildArp, parseArp } from './arp.ts';
import { joinBytes, viewOf } from './bytes.ts';
import { createDhcpServer, type DhcpServer } from './dhcp-server.ts';
import { answerDns } from './dns.ts';
import { buildEthernet, ETHER_TYPE_ARP, ETHER_TYPE_IPV4, type EthernetFrame, parseEthernet } from './ethernet.ts';
import { createHttpService } from './http-stub.ts';
import { buildIpv4, type Ipv4Packet, PROTOCOL_UDP, parseIpv4 } from './ipv4.ts';
import type { VmnetPlan } from './plan.ts';
import { answerPacket, type Station, sendError } from './station.ts';
import { createTcpStub, type TcpService, type TcpStub } from './tcp-stub.ts';
import { buildUdp, parseUdp } from './udp.ts';

const DNS_PORT = 53;
const DHCP_SERVER_PORT = 67;
const DHCP_CLIENT_PORT = 68;
/** What VMware's NAT device and a Windows host answer with. */
const LOCAL_TTL = 128;
/** A Linux server (64) one router away. */
const SITE_TTL = 63;

/** A network that answers frames. */
export interface Network {
  handleFrame(frame: Uint8Array): readonly Uint8Array[];
}

interface World {
  readonly plan: VmnetPlan;
  /** Machines on the wire: they answer ARP. */
  readonly local: readonly (Station & { readonly mac: Uint8Array })[];
  /** Machines of the stub Internet. */
  readonly remote: ReadonlyMap<Ipv4, Station>;
  readonly dhcp: DhcpServer;
  readonly connections: TcpStub;
}

/** Brings a plan to life. */
export function createNetwork(plan: VmnetPlan, { randomSequence }: { readonly randomSequence: () => number }): Network {
  const world: World = {
    plan,
    local: buildLocalStations(plan),
    remote: new Map(plan.sites.map((site) => [site.ipv4, buildSiteStation(site)])),
    dhcp: createDhcpServer({
      subnet: plan.subnet,
      serverAddress: plan.dhcpServer,
      firstAddress: plan.dhcpFirst,
      lastAddress: plan.dhcpLast,
      ...(plan.gateway === undefined ? {} : { router: plan.gateway, dns: plan.gateway }),
    }),
    connections: createTcpStub({ randomSequence }),
  };
  return { handleFrame: (frame) => handleFrame(world, frame) };
}

function handleFrame(world: World, bytes: Uint8Array): readonly Uint8Array[] {
  const frame = parseEthernet(bytes);
  if (frame?.etherType === ETHER_TYPE_ARP) return handleArp(world, frame);
  if (frame?.etherType === ETHER_TYPE_IPV4) return handleIpv4(world, frame);
  return [];
}

/** Only for addresses of machines that exist: an address that belongs to nobody stays silent, so a wrong gateway really fails. */
function handleArp(world: World, frame: EthernetFrame): readonly Uint8Array[] {
  const request = parseArp(frame.payload);
  if (request?.operation !== 'request') return [];
  const owner = world.local.find(({ address }) => address === request.targetAddress);
  if (owner === undefined) return [];
  const payload = buildArp({
    operation: 'reply',
    senderMac: owner.mac,
    senderAddress: owner.address,
    targetMac: request.senderMac,
    targetAddress: request.senderAddress,
  });
  return [buildEthernet({ destination: frame.source, source: owner.mac, etherType: ETHER_TYPE_ARP, payload })];
}

function handleIpv4(world: World, frame: EthernetFrame): readonly Uint8Array[] {
  const packet = parseIpv4(frame.payload);
  if (packet === undefined || packet.isFragment) return [];
  if (isForDhcp(world, frame, packet)) return handleDhcp(world, packet);
  const station = world.local.find(({ mac }) => isSameBytes(mac, frame.destination));
  // A sender from outside the subnet gets no answer: none of these machines has a way back to it.
  if (station === undefined || !isHostOf(world.plan.subnet, packet.source)) return [];
  const replies =
    packet.destination === station.address
      ? answerPacket(station, packet, world.connections)
      : route(world, station, packet);
  return replies.map((payload) =>
    buildEthernet({ destination: frame.source, source: station.mac, etherType: ETHER_TYPE_IPV4, payload }),
  );
}

/** What the gateway does with a packet for somebody else. The host adapter and the DHCP server are no routers. */
function route(world: World, station: Station, packet: Ipv4Packet): readonly Uint8Array[] {
  if (station.address !== world.plan.gateway || isForMany(world, packet.destination)) return [];
  if (packet.ttl <= 1) return sendError(station, packet, 'timeExceeded');
  if (isHostOf(world.plan.subnet, packet.destination)) return sendError(station, packet, 'hostUnreachable');
  const site = world.remote.get(packet.destination);
  return site === undefined
    ? sendError(station, packet, 'networkUnreachable')
    : answerPacket(site, packet, world.connections);
}

/** Broadcast, multicast and reserved addresses: no router passes them on, and no error may be sent about them. */
function isForMany(world: World, destination: Ipv4): boolean {
  return destination >= 0xe0000000 || destination === world.plan.subnet.broadcast || destination >>> 24 === 0;
}

function isForDhcp(world: World, frame: EthernetFrame, packet: Ipv4Packet): boolean {
  const isBroadcast = isSameBytes(frame.destination, BROADCAST_MAC) && packet.destination === BROADCAST_IPV4;
  const isToServer = packet.destination === world.plan.dhcpServer;
  const isToPort = packet.payload.length >= 8 && viewOf(packet.payload).getUint16(2) === DHCP_SERVER_PORT;
  return packet.protocol === PROTOCOL_UDP && isToPort && (isBroadcast || isToServer);
}

function handleDhcp(world: World, packet: Ipv4Packet): readonly Uint8Array[] {
  const datagram = parseUdp(packet, packet.payload);
  const answer = datagram === undefined ? undefined : world.dhcp.answer(datagram.payload);
  const server = world.local.find(({ address }) => address === world.plan.dhcpServer);
  if (answer === undefined || server === undefined) return [];
  const path = { source: server.address, destination: answer.destination ?? BROADCAST_IPV4 };
  const udp = buildUdp(path, {
    sourcePort: DHCP_SERVER_PORT,
    destinationPort: DHCP_CLIENT_PORT,
    payload: answer.message,
  });
  const payload = buildIpv4({ ...path, protocol: PROTOCOL_UDP, ttl: server.ttl, payload: udp });
  const destination = answer.destination === undefined ? BROADCAST_MAC : answer.clientMac;
  return [buildEthernet({ destination, source: server.mac, etherType: ETHER_TYPE_IPV4, payload })];
}

function buildLocalStations(plan: VmnetPlan): World['local'] {
  const silent = { udp: new Map(), tcp: new Map() };
  const gatewayServices = {
    udp: new Map([[DNS_PORT, (query: Uint8Array) => answerDns(query, plan.names)]]),
    tcp: new Map([[DNS_PORT, createDnsTcpService(plan)]]),
  };
  const machines = [
    { address: plan.host, ...silent },
    { address: plan.dhcpServer, ...silent },
    ...(plan.gateway === undefined ? [] : [{ address: plan.gateway, ...gatewayServices }]),
  ];
  return machines.map((machine) => ({ ...machine, ttl: LOCAL_TTL, pingable: true, mac: buildMac(machine.address) }));
}

function buildSiteStation(site: VmnetPlan['sites'][number]): Station {
  const tcp = new Map<number, TcpService>();
  if (site.http !== undefined) tcp.set(site.http.port, createHttpService(site.http));
  return { address: site.ipv4, ttl: SITE_TTL, pingable: site.pingable, udp: new Map(), tcp };
}

/** DNS over TCP: the same messages with two bytes of length before them (RFC 1035 4.2.2), one question a connection. */
function createDnsTcpService(plan: VmnetPlan): TcpService {
  return (received) => {
    if (received.length < 2) return undefined;
    const length = viewOf(received).getUint16(0);
    if (received.length < 2 + length) return undefined;
    const answer = answerDns(received.subarray(2, 2 + length), plan.names);
    if (answer === undefined) return new Uint8Array(0);
    return joinBytes([Uint8Array.of(answer.length >>> 8, answer.length & 255), answer]);
  };
}
