/** DHCP messages (RFC 2131, options RFC 2132): reading and writing. Knows nothing about leases. */
import type { Ipv4 } from './address.ts';
import { joinBytes, viewOf } from './bytes.ts';

/** BOOTP's fixed fields and the magic number before the options. */
const FIXED_BYTES = 240;
/** Some old clients throw away anything shorter than a BOOTP message. */
const MIN_MESSAGE_BYTES = 300;
const MAGIC = 0x63825363;
const OPTION_PAD = 0;
const OPTION_END = 255;

/** Kinds of messages: the values of option 53. */
export const DHCP_TYPE = {
  discover: 1,
  offer: 2,
  request: 3,
  decline: 4,
  ack: 5,
  nak: 6,
  release: 7,
  inform: 8,
} as const;

/** Numbers of the options that are read or written here. */
export const DHCP_OPTION = {
  mask: 1,
  router: 3,
  dns: 6,
  broadcast: 28,
  requestedAddress: 50,
  leaseSeconds: 51,
  messageType: 53,
  server: 54,
  parameterList: 55,
  clientId: 61,
} as const;

/** What a client said. */
export interface DhcpRequest {
  readonly transaction: number;
  readonly isBroadcastWanted: boolean;
  /** The address the client already uses, or 0. */
  readonly clientAddress: Ipv4;
  readonly clientMac: Uint8Array;
  readonly messageType: number;
  readonly options: ReadonlyMap<number, Uint8Array>;
}

/** What the server says. */
export interface DhcpReply {
  readonly messageType: number;
  readonly yourAddress: Ipv4;
  readonly options: readonly (readonly [code: number, value: Uint8Array])[];
}

/** Reads a client's message; undefined when it is none, or not for Ethernet, or has no type. */
export function parseDhcp(bytes: Uint8Array): DhcpRequest | undefined {
  if (bytes.length < FIXED_BYTES) return undefined;
  const view = viewOf(bytes);
  const isEthernetRequest = view.getUint8(0) === 1 && view.getUint8(1) === 1 && view.getUint8(2) === 6;
  if (!isEthernetRequest || view.getUint32(236) !== MAGIC) return undefined;
  const options = parseOptions(bytes.subarray(FIXED_BYTES));
  const messageType = options?.get(DHCP_OPTION.messageType);
  if (options === undefined || messageType?.length !== 1) return undefined;
  return {
    transaction: view.getUint32(4),
    isBroadcastWanted: (view.getUint16(10) & 0x8000) !== 0,
    clientAddress: view.getUint32(12),
    clientMac: bytes.subarray(28, 34),
    messageType: messageType[0] ?? 0,
    options,
  };
}

/** An option that holds one address; undefined when absent or of another length. */
export function addressOption(request: DhcpRequest, code: number): Ipv4 | undefined {
  const value = request.options.get(code);
  return value?.length === 4 ? viewOf(value).getUint32(0) : undefined;
}

/** Writes the answer to a request. */
export function buildDhcpReply(request: DhcpRequest, reply: DhcpReply): Uint8Array {
  const fixed = new Uint8Array(FIXED_BYTES);
  const view = viewOf(fixed);
  fixed.set([2, 1, 6, 0]);
  view.setUint32(4, request.transaction);
  view.setUint16(10, request.isBroadcastWanted ? 0x8000 : 0);
  view.setUint32(12, reply.messageType === DHCP_TYPE.ack ? request.clientAddress : 0);
  view.setUint32(16, reply.yourAddress);
  fixed.set(request.clientMac, 28);
  view.setUint32(236, MAGIC);
  const type = Uint8Array.of(DHCP_OPTION.messageType, 1, reply.messageType);
  const options = reply.options.flatMap(([code, value]) => [Uint8Array.of(code, value.length), value]);
  const message = joinBytes([fixed, type, ...options, Uint8Array.of(OPTION_END)]);
  return message.length >= MIN_MESSAGE_BYTES
    ? message
    : joinBytes([message, new Uint8Array(MIN_MESSAGE_BYTES - message.length)]);
}

function parseOptions(bytes: Uint8Array): Map<number, Uint8Array> | undefined {
  const options = new Map<number, Uint8Array>();
  let offset = 0;
  while (offset < bytes.length) {
    const code = bytes[offset];
    if (code === OPTION_END) return options;
    offset += 1;
    if (code === OPTION_PAD || code === undefined) continue;
    const length = bytes[offset];
    if (length === undefined || offset + 1 + length > bytes.length) return undefined;
    options.set(code, bytes.subarray(offset + 1, offset + 1 + length));
    offset += 1 + length;
  }
  return options;
}
