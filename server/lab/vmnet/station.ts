/**
 * A machine of the virtual network, on the wire or behind the gateway: what it answers to ping, UDP and TCP.
 * Pure but for the TCP connections it is lent. Knows nothing about Ethernet or routes.
 */
import type { Ipv4 } from './address.ts';
import { buildEchoReply, buildIcmpError, type IcmpErrorName } from './icmp.ts';
import { buildIpv4, type Ipv4Packet, PROTOCOL_ICMP, PROTOCOL_TCP, PROTOCOL_UDP } from './ipv4.ts';
import { buildTcp, parseTcp } from './tcp-segment.ts';
import type { TcpService, TcpStub } from './tcp-stub.ts';
import { buildUdp, parseUdp } from './udp.ts';

/** The answer to a datagram's content; undefined for silence. */
export type UdpService = (payload: Uint8Array) => Uint8Array | undefined;

/** One machine. */
export interface Station {
  readonly address: Ipv4;
  /** The time to live with which its packets arrive in the guest. */
  readonly ttl: number;
  readonly pingable: boolean;
  readonly udp: ReadonlyMap<number, UdpService>;
  readonly tcp: ReadonlyMap<number, TcpService>;
}

/** The station's IP packets in answer to a packet that has reached it. */
export function answerPacket(station: Station, packet: Ipv4Packet, connections: TcpStub): readonly Uint8Array[] {
  switch (packet.protocol) {
    case PROTOCOL_ICMP:
      return answerIcmp(station, packet);
    case PROTOCOL_UDP:
      return answerUdp(station, packet);
    case PROTOCOL_TCP:
      return answerTcp(station, packet, connections);
    default:
      return sendError(station, packet, 'protocolUnreachable');
  }
}

/** An ICMP error from the station about a packet, as an IP packet; nothing when none may be sent. */
export function sendError(
  from: Pick<Station, 'address' | 'ttl'>,
  about: Ipv4Packet,
  name: IcmpErrorName,
): readonly Uint8Array[] {
  const message = buildIcmpError(name, about);
  return message === undefined ? [] : [buildReply(from, about, { protocol: PROTOCOL_ICMP, payload: message })];
}

function answerIcmp(station: Station, packet: Ipv4Packet): readonly Uint8Array[] {
  const reply = station.pingable ? buildEchoReply(packet.payload) : undefined;
  return reply === undefined ? [] : [buildReply(station, packet, { protocol: PROTOCOL_ICMP, payload: reply })];
}

function answerUdp(station: Station, packet: Ipv4Packet): readonly Uint8Array[] {
  const datagram = parseUdp(packet, packet.payload);
  if (datagram === undefined) return [];
  const service = station.udp.get(datagram.destinationPort);
  if (service === undefined) return sendError(station, packet, 'portUnreachable');
  const answer = service(datagram.payload);
  if (answer === undefined) return [];
  const payload = buildUdp(backFrom(packet), {
    sourcePort: datagram.destinationPort,
    destinationPort: datagram.sourcePort,
    payload: answer,
  });
  return [buildReply(station, packet, { protocol: PROTOCOL_UDP, payload })];
}

function answerTcp(station: Station, packet: Ipv4Packet, connections: TcpStub): readonly Uint8Array[] {
  const segment = parseTcp(packet, packet.payload);
  if (segment === undefined) return [];
  const key = `${packet.source}:${segment.sourcePort}>${packet.destination}:${segment.destinationPort}`;
  const replies = connections.receive({ key, service: station.tcp.get(segment.destinationPort), segment });
  return replies.map((reply) =>
    buildReply(station, packet, { protocol: PROTOCOL_TCP, payload: buildTcp(backFrom(packet), reply) }),
  );
}

function backFrom(packet: Ipv4Packet): { source: Ipv4; destination: Ipv4 } {
  return { source: packet.destination, destination: packet.source };
}

function buildReply(
  from: Pick<Station, 'address' | 'ttl'>,
  to: Ipv4Packet,
  content: { readonly protocol: number; readonly payload: Uint8Array },
): Uint8Array {
  return buildIpv4({ source: from.address, destination: to.source, ttl: from.ttl, ...content });
}
