/** A distribution's server on loopback: real HTTP, real connections that break, and a record of what was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it came, and how many bytes of the file were sent in answer. */
export interface Asked {
  readonly path: string;
  readonly range: string | undefined;
  sentBytes: number;
}

/** How the server behaves; may be changed between requests. */
export interface Behaviour {
  /** Files by path. */
  readonly files: Record<string, Uint8Array>;
  /** The connection is cut after this many bytes of the first body that is longer. */
  cutAfterBytes?: number;
  ignoresRanges?: boolean;
  /** Bodies come in chunks, and nobody knows how long they are. */
  hidesLength?: boolean;
}

/** A server that listens. */
export interface ImageServer extends AsyncDisposable {
  readonly origin: string;
  readonly asked: Asked[];
  readonly behaviour: Behaviour;
}

/** Starts it on a free port. */
export async function startImageServer(behaviour: Behaviour): Promise<ImageServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => void answer(request, response, { behaviour, asked }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...{ asked, behaviour, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { behaviour, asked }: { behaviour: Behaviour; asked: Asked[] },
): Promise<void> {
  const path = request.url ?? '';
  const file = behaviour.files[path];
  const entry: Asked = { path, range: request.headers.range, sentBytes: 0 };
  asked.push(entry);
  if (file === undefined) return void response.writeHead(404).end();
  const from = behaviour.ignoresRanges ? 0 : Number(/^bytes=(\d+)-$/.exec(entry.range ?? '')?.[1] ?? 0);
  if (from >= file.length) return void response.writeHead(416, { 'content-range': `bytes */${file.length}` }).end();
  const body = file.subarray(from);
  const range = from > 0 ? { 'content-range': `bytes ${from}-${file.length - 1}/${file.length}` } : {};
  response.writeHead(from > 0 ? 206 : 200, {
    ...range,
    ...(behaviour.hidesLength ? {} : { 'content-length': body.length }),
  });
  const { cutAfterBytes = body.length } = behaviour;
  const cut = cutAfterBytes < body.length ? cutAfterBytes : undefined;
  if (cut !== undefined) delete behaviour.cutAfterBytes;
  await send(response, body.subarray(0, cut), entry);
  if (cut === undefined) response.end();
  else response.socket?.end();
}

const chunkBytes = 65_536;

async function send(response: ServerResponse, body: Uint8Array, entry: Asked): Promise<void> {
  for (let at = 0; at < body.length && !response.destroyed; at += chunkBytes) {
    const chunk = body.subarray(at, at + chunkBytes);
    entry.sentBytes += chunk.length;
    await new Promise<void>((resolve) => response.write(chunk, () => resolve()));
  }
}
