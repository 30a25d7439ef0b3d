/**
 * A DNS server (RFC 1035) for one fixed list of names: pure, a message in, a message out, over UDP or TCP alike.
 * It forwards nothing and asks nobody; a name that is not in the list does not exist.
 */
import type { Ipv4 } from './address.ts';
import { joinBytes, viewOf } from './bytes.ts';

const HEADER_BYTES = 12;
const MAX_NAME_BYTES = 255;
const TYPE_A = 1;
const TYPE_ANY = 255;
const CLASS_IN = 1;
const TTL_SECONDS = 60;
const RCODE = { noError: 0, formatError: 1, nameError: 3, notImplemented: 4, refused: 5 } as const;
/** A pointer to the name at offset 12, that is, to the question's. */
const POINTER_TO_QUESTION = Uint8Array.of(0xc0, HEADER_BYTES);

/** Lower-case names without a final dot, and their addresses. */
export type DnsNames = ReadonlyMap<string, Ipv4>;

interface Question {
  readonly name: string;
  readonly type: number;
  readonly qclass: number;
  /** The question as it stood in the query, repeated in the answer letter for letter. */
  readonly raw: Uint8Array;
}

interface Verdict {
  readonly rcode: number;
  readonly address?: Ipv4;
}

/** The answer to a query; undefined when the bytes are too short to answer or are themselves an answer. */
export function answerDns(query: Uint8Array, names: DnsNames): Uint8Array | undefined {
  if (query.length < HEADER_BYTES) return undefined;
  const view = viewOf(query);
  const flags = view.getUint16(2);
  if ((flags & 0x8000) !== 0) return undefined;
  const question = view.getUint16(4) === 1 ? parseQuestion(query) : undefined;
  return buildAnswer(view.getUint16(0), flags, { question, verdict: judge(flags, question, names) });
}

function judge(flags: number, question: Question | undefined, names: DnsNames): Verdict {
  if (((flags >>> 11) & 15) !== 0) return { rcode: RCODE.notImplemented };
  if (question === undefined) return { rcode: RCODE.formatError };
  if (question.qclass !== CLASS_IN) return { rcode: RCODE.refused };
  const address = names.get(question.name);
  if (address === undefined) return { rcode: RCODE.nameError };
  const isAddressWanted = question.type === TYPE_A || question.type === TYPE_ANY;
  return isAddressWanted ? { rcode: RCODE.noError, address } : { rcode: RCODE.noError };
}

function parseQuestion(query: Uint8Array): Question | undefined {
  const labels: string[] = [];
  let offset = HEADER_BYTES;
  for (;;) {
    const length = query[offset];
    // A length above 63 would be a compression pointer, which has no place in a question.
    if (length === undefined || length > 63) return undefined;
    offset += 1;
    if (length === 0) break;
    labels.push(String.fromCharCode(...query.subarray(offset, offset + length)));
    offset += length;
    if (offset - HEADER_BYTES > MAX_NAME_BYTES) return undefined;
  }
  if (offset + 4 > query.length) return undefined;
  const view = viewOf(query);
  return {
    name: labels.join('.').toLowerCase(),
    type: view.getUint16(offset),
    qclass: view.getUint16(offset + 2),
    raw: query.subarray(HEADER_BYTES, offset + 4),
  };
}

function buildAnswer(
  id: number,
  queryFlags: number,
  { question, verdict }: { readonly question: Question | undefined; readonly verdict: Verdict },
): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  const view = viewOf(header);
  view.setUint16(0, id);
  // Response, recursion available; operation code and "recursion desired" as asked.
  view.setUint16(2, 0x8080 | (queryFlags & 0x7900) | verdict.rcode);
  view.setUint16(4, question === undefined ? 0 : 1);
  view.setUint16(6, verdict.address === undefined ? 0 : 1);
  const answer = verdict.address === undefined ? new Uint8Array(0) : buildAddressRecord(verdict.address);
  return joinBytes([header, question?.raw ?? new Uint8Array(0), answer]);
}

function buildAddressRecord(address: Ipv4): Uint8Array {
  const fixed = new Uint8Array(14);
  const view = viewOf(fixed);
  view.setUint16(0, TYPE_A);
  view.setUint16(2, CLASS_IN);
  view.setUint32(4, TTL_SECONDS);
  view.setUint16(8, 4);
  view.setUint32(10, address);
  return joinBytes([POINTER_TO_QUESTION, fixed]);
}
