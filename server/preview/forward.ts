/**
 * Hands a browser's requests on to the process that makes pages, and its WebSocket for hot updates. Knows nothing about
 * what is asked for. Cookies and identities stay here: pages have no learner.
 */
import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as openRequest,
} from 'node:http';
import type { Duplex } from 'node:stream';

/** An answer of the process. */
export interface ForwardedAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: IncomingMessage;
}

const host = '127.0.0.1';
/** Belong to one connection, or to the parent's own address. */
const notForwarded = ['connection', 'cookie', 'host', 'keep-alive', 'transfer-encoding', 'upgrade-insecure-requests'];

function forwardedHeaders(headers: IncomingHttpHeaders, port: number): OutgoingHttpHeaders {
  const kept = Object.entries(headers).filter(([name, value]) => value !== undefined && !notForwarded.includes(name));
  return { ...Object.fromEntries(kept), host: `${host}:${port}` };
}

/** Asks the process on `port` for what the browser asked for. Rejects when it is not there. */
export function forwardRequest({ method, url, headers }: IncomingMessage, port: number): Promise<ForwardedAnswer> {
  return new Promise((resolve, reject) => {
    const asked = openRequest({ host, port, method, path: url, headers: forwardedHeaders(headers, port) }, (body) =>
      resolve({ status: body.statusCode ?? 502, headers: body.headers, body }),
    );
    asked.on('error', reject);
    asked.end();
  });
}

/** Whether an upgrade is the page's channel for hot updates (Vite's own two protocols). */
export function isHotUpgrade({ headers }: IncomingMessage): boolean {
  return /^vite-(?:hmr|ping)$/.test(headers['sec-websocket-protocol'] ?? '');
}

/** Joins the browser's stream to one of the process; ends when either does, or on `signal`. */
export function forwardUpgrade(
  request: IncomingMessage,
  stream: Duplex,
  { head, port, signal }: { readonly head: Buffer; readonly port: number; readonly signal: AbortSignal },
): void {
  const headers = { ...forwardedHeaders(request.headers, port), connection: 'Upgrade' };
  const asked = openRequest({ host, port, method: 'GET', path: request.url, headers, signal });
  stream.on('error', () => stream.destroy());
  asked.on('error', () => stream.destroy());
  asked.on('response', () => stream.destroy());
  asked.on('upgrade', (answer, inner, innerHead) => {
    const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}`);
    stream.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
    stream.write(innerHead);
    inner.write(head);
    for (const [from, to] of [[stream, inner] as const, [inner, stream] as const]) {
      from.pipe(to);
      from.on('error', () => to.destroy());
      from.on('close', () => to.destroy());
    }
    signal.addEventListener('abort', () => stream.destroy(), { once: true });
  });
  asked.end();
}
