/** What a socket does when its page does not read: over real sockets, of the kind whose buffer in the kernel is small. */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { defaultGatewayLimits } from '../../../server/gateway/limits.ts';
import { Socket } from '../../../server/gateway/socket.ts';
import { decodeFrame } from '../../../src/protocol/frame.ts';

const kb = 1024;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tadak-socket-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Both ends of a socket. Disposing cuts it. */
interface Ends extends AsyncDisposable {
  readonly socket: Socket;
  readonly page: WebSocket;
  /** What the page got. */
  readonly got: { readonly seq: number; readonly text: string }[];
  /** How often the server's end said that nothing waits any more. */
  drains(): number;
}

async function connect(name: string): Promise<Ends> {
  const path = join(folder, name);
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer();
  const opened = Promise.withResolvers<Socket>();
  let drains = 0;
  const handleDrain = () => (drains += 1);
  server.on('upgrade', (request, stream, head) => {
    const socket = new Socket(defaultGatewayLimits);
    socket.start({ handleText: () => {}, handleBinary: () => {}, handleClose: () => {}, handleDrain });
    sockets.handleUpgrade(request, stream, head, (ws) => {
      socket.open(ws, stream);
      opened.resolve(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const page = new WebSocket(`ws+unix:${path}:/`);
  const got: { seq: number; text: string }[] = [];
  page.on('message', (data: Buffer) => {
    const frame = decodeFrame(data);
    if (frame !== undefined) got.push({ seq: frame.seq, text: Buffer.from(frame.bytes).toString() });
  });
  const socket = await opened.promise;
  const dispose = async () => {
    page.terminate();
    await new Promise((resolve) => server.close(resolve));
  };
  return { socket, page, got, drains: () => drains, [Symbol.asyncDispose]: dispose };
}

const line = (name: string, seq: number) => `${name} ${seq} `.padEnd(50, '.');

/** Sends lines until so much waits in the server's end; returns how many. */
function fill(name: string, socket: Socket, waitingBytes: number): number {
  let seq = 0;
  for (; socket.bufferedBytes < waitingBytes; seq += 1) {
    if (seq > 1_000_000) throw new Error(`the kernel took ${seq} lines`);
    socket.sendFrame({ kind: 'output', seq, bytes: Buffer.from(line(name, seq)) });
  }
  return seq;
}

test('lines that wait for a page keep no more memory than they have, and arrive whole and in order', async () => {
  await using first = await connect('first');
  await using second = await connect('second');
  first.page.pause();
  second.page.pause();
  const before = process.memoryUsage().arrayBuffers;
  const ofFirst = fill('first', first.socket, 128 * kb);
  // The memory in which frames are made is the same for all sockets.
  const ofSecond = fill('second', second.socket, 128 * kb);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 * 1024 * kb);
  first.page.resume();
  second.page.resume();
  const all = (name: string, count: number) =>
    Array.from({ length: count }, (_, seq) => ({ seq, text: line(name, seq) }));
  await expect.poll(() => first.got.length, { timeout: 10_000 }).toBe(ofFirst);
  await expect.poll(() => second.got.length, { timeout: 10_000 }).toBe(ofSecond);
  expect(first.got).toEqual(all('first', ofFirst));
  expect(second.got).toEqual(all('second', ofSecond));
});

test('who waits for room is told when all of what waited is gone', async () => {
  await using ends = await connect('ends');
  ends.page.pause();
  const sent = fill('line', ends.socket, ends.socket.leastWaitingBytes);
  expect(ends.drains()).toBe(0);
  ends.page.resume();
  await expect.poll(() => ends.drains(), { timeout: 10_000 }).toBe(1);
  expect(ends.socket.bufferedBytes).toBe(0);
  await expect.poll(() => ends.got.length, { timeout: 10_000 }).toBe(sent);
});
