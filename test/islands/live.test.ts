import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { createDeadline } from '../../src/islands/deadline.ts';
import { type LiveOptions, openLive } from '../../src/islands/live.ts';
import { firstMessageOf } from '../../src/protocol/first-message.ts';
import { startHangingServer } from './support/hanging-server.ts';
import { until } from './support/until.ts';

/** A live channel without a page, and what it told. */
function openPage(url: string, watch?: LiveOptions['watch']) {
  const life = new AbortController();
  const wakers = new Set<() => void>();
  const page = { suspicions: 0, returns: 0 };
  openLive({
    ...{ url, watch, signal: life.signal, onMessage: () => {}, onShut: () => {} },
    wake: (listener) => wakers.add(listener),
    onReturn: () => (page.returns += 1),
    onSuspect: () => (page.suspicions += 1),
  });
  const wake = () => {
    for (const each of wakers) each();
  };
  return Object.assign(page, { wake, [Symbol.dispose]: () => life.abort() });
}

/** A server that answers pings as long as `isThere`. */
async function startServer() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const world = { isThere: true, pings: 0, sockets: [] as ServerSocket[], firsts: [] as (string | undefined)[] };
  server.on('connection', (socket, { url = '' }) => {
    world.firsts.push(firstMessageOf(url));
    world.sockets.push(socket);
    socket.on('message', () => {
      world.pings += 1;
      if (world.isThere) socket.send('{"type":"pong"}');
    });
  });
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    for (const client of server.clients) client.terminate();
    server.close();
    await once(server, 'close');
  };
  return Object.assign(world, { url, [Symbol.asyncDispose]: close });
}

test('a deadline only moves nearer until something is heard', () => {
  vi.useFakeTimers();
  try {
    const missed = vi.fn();
    const deadline = createDeadline(missed);
    deadline.within(1000);
    vi.advanceTimersByTime(600);
    deadline.within(1000);
    vi.advanceTimersByTime(399);
    expect(missed).not.toHaveBeenCalled();
    deadline.meet();
    deadline.within(1000);
    deadline.within(100);
    vi.advanceTimersByTime(100);
    expect(missed).toHaveBeenCalledTimes(1);
    deadline.meet();
    vi.advanceTimersByTime(10_000);
    expect(missed).toHaveBeenCalledTimes(1);
    deadline.within(100);
    deadline.meet(1000);
    vi.advanceTimersByTime(999);
    expect(missed).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1);
    expect(missed).toHaveBeenCalledTimes(2);
  } finally {
    vi.useRealTimers();
  }
});

test('which lesson the page shows is said with the address, again after each cut', async () => {
  await using server = await startServer();
  using page = openPage(server.url, { course: 'docker', lesson: 'kernel' });
  await until('a channel', () => server.sockets.length === 1);
  server.sockets[0]?.terminate();
  await until('another one', () => page.returns === 1);
  const said = JSON.stringify({ type: 'watch', course: 'docker', lesson: 'kernel' });
  expect(server.firsts).toEqual([said, said]);
  expect(server.pings).toBe(0);
});

test('when the page wakes, a channel that answers stays; one that does not is made anew and the rest is warned', async () => {
  await using server = await startServer();
  using page = openPage(server.url);
  await until('the ping', () => {
    page.wake();
    return server.pings > 0;
  });
  expect(page.suspicions).toBe(0);
  server.isThere = false;
  page.wake();
  await until('a new channel', () => server.sockets.length === 2 && page.returns === 1, { withinMs: 4000 });
  expect(page.suspicions).toBe(1);
});

test('a channel that does not come about is tried again at once when the network is back', async () => {
  await using server = await startHangingServer();
  using page = openPage(server.url);
  await until('another attempt', () => {
    page.wake();
    return server.attempts >= 2;
  });
  expect(page.suspicions).toBe(0);
});
