/**
 * A guest of the virtual network, for tests: makes frames by hand and takes the answers apart, with arithmetic of its own,
 * so that a mistake in the code under test does not hide itself.
 */
import { randomBytes } from 'node:crypto';
import { createNetwork, type Network } from '../../../../server/lab/vmnet/network.ts';
import { buildPlan, type VmnetSettings } from '../../../../server/lab/vmnet/plan.ts';

export const GUEST_MAC = '52:54:00:00:00:03';
export const GUEST = '213.0.113.3';
export const GATEWAY = '213.0.113.2';
export const SITE = '198.51.100.80';
export const EVERYBODY_MAC = 'ff:ff:ff:ff:ff:ff';

/** A network with the class's addresses unless told otherwise. */
export function openNetwork(settings: Partial<VmnetSettings> = {}): Network {
  const plan = buildPlan({ kind: 'nat', subnet: '213.0.113.0/24', ...settings });
  if ('setting' in plan) throw new Error(`bad ${plan.setting}: ${plan.value}`);
  return createNetwork(plan, { randomSequence: () => randomBytes(4).readUInt32BE() });
}

export const mac = (text: string): Buffer => Buffer.from(text.replaceAll(':', ''), 'hex');
export const ip = (text: string): Buffer => Buffer.from(text.split('.').map(Number));
export const ipText = (bytes: Uint8Array): string => [...bytes].join('.');
export const u16 = (value: number): Buffer => Buffer.from([value >>> 8, value & 255]);
export const u32 = (value: number): Buffer =>
  Buffer.from([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
/** The MAC address by which the network's machine at this address is known. */
export const stationMac = (address: string): string => `02:00:${ip(address).toString('hex').match(/../g)?.join(':')}`;

/** The one's complement sum of RFC 1071, the slow and obvious way. */
export function referenceChecksum(bytes: Buffer): number {
  const even = bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from([0])]);
  let sum = 0n;
  for (let offset = 0; offset < even.length; offset += 2) sum += BigInt(even.readUInt16BE(offset));
  while (sum > 0xffffn) sum = (sum >> 16n) + (sum & 0xffffn);
  return Number(sum ^ 0xffffn);
}

export function ethernet(to: string, type: number, payload: Buffer): Buffer {
  return Buffer.concat([mac(to), mac(GUEST_MAC), u16(type), payload]);
}

export function arpRequest(target: string, sender = GUEST): Buffer {
  const body = [Buffer.from('0001080006040001', 'hex'), mac(GUEST_MAC), ip(sender), Buffer.alloc(6), ip(target)];
  return ethernet(EVERYBODY_MAC, 0x0806, Buffer.concat(body));
}

export interface PacketParts {
  readonly from?: string;
  readonly to: string;
  readonly protocol: number;
  readonly ttl?: number;
  readonly payload: Buffer;
  readonly flags?: number;
}

export function ipPacket({ from = GUEST, to, protocol, ttl = 64, payload, flags = 0x4000 }: PacketParts): Buffer {
  const header = Buffer.concat([
    Buffer.from([0x45, 0]),
    u16(20 + payload.length),
    u16(0x1234),
    u16(flags),
    Buffer.from([ttl, protocol, 0, 0]),
    ip(from),
    ip(to),
  ]);
  header.writeUInt16BE(referenceChecksum(header), 10);
  return Buffer.concat([header, payload]);
}

/** A packet in a frame to the gateway, or to another machine on the wire. */
export function ipFrame(parts: PacketParts & { readonly via?: string }): Buffer {
  return ethernet(parts.via ?? stationMac(GATEWAY), 0x0800, ipPacket(parts));
}

export function echoRequest(data = Buffer.from('abcdefghi')): Buffer {
  const message = Buffer.concat([Buffer.from([8, 0, 0, 0]), u16(0x0042), u16(1), data]);
  message.writeUInt16BE(referenceChecksum(message), 2);
  return message;
}

export function pseudoHeader(from: string, to: string, protocol: number, length: number): Buffer {
  return Buffer.concat([ip(from), ip(to), Buffer.from([0, protocol]), u16(length)]);
}

export interface UdpParts {
  readonly from?: string;
  readonly to: string;
  readonly ports: readonly [source: number, destination: number];
  readonly data: Buffer;
}

export function udpDatagram({ from = GUEST, to, ports, data }: UdpParts): Buffer {
  const datagram = Buffer.concat([u16(ports[0]), u16(ports[1]), u16(8 + data.length), u16(0), data]);
  datagram.writeUInt16BE(
    referenceChecksum(Buffer.concat([pseudoHeader(from, to, 17, datagram.length), datagram])) || 0xffff,
    6,
  );
  return datagram;
}

export function udpFrame(parts: UdpParts & { readonly via?: string; readonly ttl?: number }): Buffer {
  return ipFrame({ ...parts, protocol: 17, payload: udpDatagram(parts) });
}

/** An IPv4 frame from the network, taken apart; throws when lengths or checksums are wrong. */
export interface ReadFrame {
  readonly toMac: string;
  readonly fromMac: string;
  readonly from: string;
  readonly to: string;
  readonly ttl: number;
  readonly protocol: number;
  readonly payload: Buffer;
}

export function readIpFrame(frame: Uint8Array): ReadFrame {
  const bytes = Buffer.from(frame);
  const packet = bytes.subarray(14, 14 + bytes.readUInt16BE(16));
  const header = packet.subarray(0, 20);
  if (bytes.readUInt16BE(12) !== 0x0800 || header[0] !== 0x45) throw new Error('not a plain IPv4 frame');
  if (referenceChecksum(header) !== 0) throw new Error('wrong IPv4 header checksum');
  const read = {
    from: ipText(header.subarray(12, 16)),
    to: ipText(header.subarray(16, 20)),
    payload: packet.subarray(20),
  };
  const protocol = header[9] ?? 0;
  const pseudo = protocol === 1 ? Buffer.alloc(0) : pseudoHeader(read.from, read.to, protocol, read.payload.length);
  if (referenceChecksum(Buffer.concat([pseudo, read.payload])) !== 0)
    throw new Error(`wrong checksum in protocol ${protocol}`);
  return {
    ...read,
    toMac: macText(bytes.subarray(0, 6)),
    fromMac: macText(bytes.subarray(6, 12)),
    ttl: header[8] ?? 0,
    protocol,
  };
}

export const macText = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').match(/../g)?.join(':') ?? '';

/** Sends one frame and reads the one IPv4 answer; throws when there is none or more than one. */
export function ask(network: Network, frame: Buffer): ReadFrame {
  const replies = network.handleFrame(frame);
  const [only] = replies;
  if (only === undefined || replies.length !== 1) throw new Error(`expected one answer, got ${replies.length}`);
  return readIpFrame(only);
}
