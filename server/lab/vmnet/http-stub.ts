/**
 * A web server of one page: GET and HEAD for `/` over HTTP/1.x, then close; every other path is 404.
 * Pure: request bytes in, response bytes out. Knows nothing about TCP.
 */
import { STATUS_CODES } from 'node:http';
import type { TcpService } from './tcp-stub.ts';

/** What a site of the stub Internet serves. */
export interface HttpPage {
  /** The TCP port; 80 for `http://name/`. */
  readonly port: number;
  /** The status of the page; other paths get 404. */
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

interface HttpReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly allow?: string;
}

/** A service that answers every complete request head with the page or a plain refusal. */
export function createHttpService(page: HttpPage): TcpService {
  return (received) => {
    const head = parseHead(received);
    if (head === undefined) return undefined;
    return buildResponse(replyTo(head, page), head.startsWith('HEAD '));
  };
}

/** Everything before the empty line; undefined while that has not come. */
function parseHead(received: Uint8Array): string | undefined {
  const text = new TextDecoder('latin1').decode(received);
  const end = text.search(/\r?\n\r?\n/);
  return end === -1 ? undefined : text.slice(0, end);
}

function replyTo(head: string, page: HttpPage): HttpReply {
  const [, method, target] = /^([A-Z]+) (\S+) HTTP\/1\.[01](?:\r?\n|$)/.exec(head) ?? [];
  if (method === undefined || target === undefined) return refusal(400);
  if (method !== 'GET' && method !== 'HEAD') return { ...refusal(405), allow: 'GET, HEAD' };
  return isRoot(target) ? page : refusal(404);
}

function isRoot(target: string): boolean {
  const path = target.replace(/^http:\/\/[^/]*/, '').split('?')[0];
  return path === '' || path === '/' || path === '/index.html';
}

function refusal(status: number): HttpReply {
  return { status, contentType: 'text/plain; charset=utf-8', body: `${status} ${STATUS_CODES[status]}\n` };
}

function buildResponse(reply: HttpReply, isHead: boolean): Uint8Array {
  const body = new TextEncoder().encode(reply.body);
  const lines = [
    `HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status] ?? 'Unknown'}`,
    'Server: course-stub',
    `Content-Type: ${reply.contentType}`,
    `Content-Length: ${body.length}`,
    ...(reply.allow === undefined ? [] : [`Allow: ${reply.allow}`]),
    'Connection: close',
  ];
  const head = new TextEncoder().encode(`${lines.join('\r\n')}\r\n\r\n`);
  return isHead ? head : Buffer.concat([head, body]);
}
