/** ICMP (RFC 792): echo, "destination unreachable" and "time exceeded". Knows nothing about when they are due. */
import { internetChecksum, viewOf } from './bytes.ts';
import { type Ipv4Packet, PROTOCOL_ICMP } from './ipv4.ts';

const HEADER_BYTES = 8;
const TYPE_ECHO_REPLY = 0;
const TYPE_ECHO_REQUEST = 8;
/** Only these types may be answered with an ICMP error (RFC 1122 3.2.2): questions, not other errors. */
const QUERY_TYPES = new Set([TYPE_ECHO_REPLY, TYPE_ECHO_REQUEST, 13, 14]);

/** Type and code of the errors that this network sends. */
export const ICMP_ERRORS = {
  networkUnreachable: { type: 3, code: 0 },
  hostUnreachable: { type: 3, code: 1 },
  protocolUnreachable: { type: 3, code: 2 },
  portUnreachable: { type: 3, code: 3 },
  timeExceeded: { type: 11, code: 0 },
} as const;

/** The name of an ICMP error. */
export type IcmpErrorName = keyof typeof ICMP_ERRORS;

/** The echo reply for an echo request; undefined when the message is anything else or damaged. */
export function buildEchoReply(message: Uint8Array): Uint8Array | undefined {
  if (message.length < HEADER_BYTES || internetChecksum([message]) !== 0) return undefined;
  const view = viewOf(message);
  if (view.getUint8(0) !== TYPE_ECHO_REQUEST || view.getUint8(1) !== 0) return undefined;
  const reply = message.slice();
  const replyView = viewOf(reply);
  replyView.setUint8(0, TYPE_ECHO_REPLY);
  replyView.setUint16(2, 0);
  replyView.setUint16(2, internetChecksum([reply]));
  return reply;
}

/** An ICMP error about a packet, quoting its header and first eight bytes; undefined when none may be sent. */
export function buildIcmpError(name: IcmpErrorName, about: Ipv4Packet): Uint8Array | undefined {
  if (about.protocol === PROTOCOL_ICMP && !QUERY_TYPES.has(about.payload[0] ?? 255)) return undefined;
  const quoted = about.raw.subarray(0, about.headerBytes + 8);
  const message = new Uint8Array(HEADER_BYTES + quoted.length);
  message.set(quoted, HEADER_BYTES);
  const view = viewOf(message);
  view.setUint8(0, ICMP_ERRORS[name].type);
  view.setUint8(1, ICMP_ERRORS[name].code);
  view.setUint16(2, internetChecksum([message]));
  return message;
}
