import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createFrameDecoder, encodeFrame } from '../../../../server/lab/vmnet/frame-stream.ts';
import { createVmnet, type Vmnet, type VmnetFault, type VmnetOptions } from '../../../../server/lab/vmnet/index.ts';
import { FRAMES_PER_WINDOW, WINDOW_MS } from '../../../../server/lab/vmnet/throttle.ts';
import { arpRequest, echoRequest, GATEWAY, ipFrame, readIpFrame, SITE } from './guest.ts';

const PING = ipFrame({ to: SITE, protocol: 1, payload: echoRequest() });

/** QEMU's end of the wire: listens, takes one client, sends and counts frames. */
interface FakeQemu extends AsyncDisposable {
  readonly clients: readonly Socket[];
  readonly frames: readonly Uint8Array[];
  send(bytes: Uint8Array): void;
}

async function listen(socketPath: string): Promise<FakeQemu> {
  const clients: Socket[] = [];
  const frames: Uint8Array[] = [];
  const server: Server = createServer((client) => {
    const decoder = createFrameDecoder();
    clients.push(client);
    client.on('error', () => undefined);
    client.on('data', (chunk: Buffer) => void frames.push(...decoder.push(chunk).frames));
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return {
    clients,
    frames,
    send: (bytes) => void clients.at(-1)?.write(bytes),
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function openFolder(): Promise<AsyncDisposable & { readonly socketPath: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'vmnet-'));
  return {
    socketPath: join(folder, 'net0.sock'),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

function start(socketPath: string, more: Partial<VmnetOptions> = {}): Vmnet & { readonly faults: VmnetFault[] } {
  const faults: VmnetFault[] = [];
  const vmnet = createVmnet({
    kind: 'nat',
    subnet: '213.0.113.0/24',
    socketPath,
    onFault: (fault) => faults.push(fault),
    ...more,
  });
  return Object.defineProperty(vmnet, 'faults', { value: faults }) as Vmnet & { readonly faults: VmnetFault[] };
}

async function until(what: () => boolean, seen: () => unknown): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  while (!what()) {
    if (performance.now() > deadlineMs) expect.fail(`not within 10 s; seen: ${JSON.stringify(seen())}`);
    await delay(5);
  }
}

test('it waits for the socket to appear, then answers the guest', async () => {
  await using folder = await openFolder();
  using vmnet = start(folder.socketPath);
  expect(vmnet.state).toBe('connecting');
  await delay(120);
  await using qemu = await listen(folder.socketPath);
  expect(await vmnet.whenConnected).toBe(true);
  await until(
    () => qemu.clients.length === 1,
    () => vmnet.counts,
  );
  qemu.send(Buffer.concat([encodeFrame(arpRequest(GATEWAY)), encodeFrame(PING)]));
  await until(
    () => qemu.frames.length === 2,
    () => vmnet.counts,
  );
  expect(readIpFrame(qemu.frames[1] ?? expect.fail()).from).toBe(SITE);
  expect(vmnet.faults).toEqual([]);
});

test('it connects again when QEMU was started anew', async () => {
  await using folder = await openFolder();
  using vmnet = start(folder.socketPath);
  {
    await using first = await listen(folder.socketPath);
    await until(
      () => first.clients.length === 1,
      () => vmnet.counts,
    );
  }
  await until(
    () => vmnet.state === 'connecting',
    () => vmnet.state,
  );
  await using second = await listen(folder.socketPath);
  await until(
    () => second.clients.length === 1 && vmnet.state === 'connected',
    () => vmnet.counts,
  );
  second.send(encodeFrame(PING));
  await until(
    () => second.frames.length === 1,
    () => vmnet.counts,
  );
});

test('an impossible length makes it connect again; broken frames do not', async () => {
  await using folder = await openFolder();
  await using qemu = await listen(folder.socketPath);
  using vmnet = start(folder.socketPath);
  await until(
    () => qemu.clients.length === 1,
    () => vmnet.counts,
  );
  qemu.send(Buffer.concat([encodeFrame(Buffer.from('short')), encodeFrame(Buffer.alloc(9000, 1)), encodeFrame(PING)]));
  await until(
    () => qemu.frames.length === 1,
    () => vmnet.counts,
  );
  expect(vmnet.faults).toEqual([]);
  qemu.send(Buffer.from('ffffffff00000000', 'hex'));
  await until(
    () => qemu.clients.length === 2,
    () => vmnet.counts,
  );
  expect(vmnet.faults).toEqual([{ kind: 'out-of-step', length: 0xffffffff }]);
  qemu.send(encodeFrame(PING));
  await until(
    () => qemu.frames.length === 2,
    () => vmnet.counts,
  );
});

test('when QEMU does not read, replies are dropped, not kept', async () => {
  await using folder = await openFolder();
  await using qemu = await listen(folder.socketPath);
  using vmnet = start(folder.socketPath);
  await until(
    () => qemu.clients.length === 1,
    () => vmnet.counts,
  );
  const client = qemu.clients[0] ?? expect.fail();
  client.pause();
  const big = encodeFrame(ipFrame({ to: SITE, protocol: 1, payload: echoRequest(Buffer.alloc(1400)) }));
  const batch = Buffer.concat(Array.from({ length: 100 }, () => big));
  for (let sent = 0; sent < 40; sent += 1) client.write(batch);
  await until(
    () => vmnet.counts.framesIn === 4000,
    () => vmnet.counts,
  );
  expect(vmnet.counts.framesDropped).toBeGreaterThan(1000);
  client.resume();
  await until(
    () => qemu.frames.length === vmnet.counts.framesOut,
    () => [vmnet.counts, qemu.frames.length],
  );
  qemu.send(encodeFrame(PING));
  await until(
    () => qemu.frames.length === vmnet.counts.framesOut && vmnet.counts.framesIn === 4001,
    () => vmnet.counts,
  );
});

test('without a socket it gives up at the deadline and says so', async () => {
  await using folder = await openFolder();
  using vmnet = start(folder.socketPath, { connectDeadlineMs: 150 });
  expect(await vmnet.whenConnected).toBe(false);
  await vmnet.whenStopped;
  expect(vmnet.state).toBe('stopped');
  expect(vmnet.faults).toMatchObject([{ kind: 'unreachable', deadlineMs: 150, cause: { code: 'ENOENT' } }]);
});

test('a peer that always hangs up does not keep it busy beyond the deadline', async () => {
  await using folder = await openFolder();
  const server = createServer((client) => client.destroy());
  await new Promise<void>((resolve) => server.listen(folder.socketPath, resolve));
  using vmnet = start(folder.socketPath, { connectDeadlineMs: 300 });
  await vmnet.whenStopped;
  server.close();
  expect(vmnet.counts.connections).toBeLessThanOrEqual(8);
  expect(vmnet.faults).toMatchObject([{ kind: 'unreachable' }]);
});

test('an abort or a dispose ends it at once, connected or not, without a fault', async () => {
  await using folder = await openFolder();
  const abort = new AbortController();
  using waiting = start(folder.socketPath, { signal: abort.signal });
  abort.abort();
  await waiting.whenStopped;
  await using qemu = await listen(folder.socketPath);
  const connected = start(folder.socketPath);
  await until(
    () => qemu.clients.length === 1,
    () => connected.counts,
  );
  const closed = new Promise<void>((resolve) => qemu.clients[0]?.on('close', () => resolve()));
  connected[Symbol.dispose]();
  await Promise.all([connected.whenStopped, closed]);
  expect([waiting.state, connected.state]).toEqual(['stopped', 'stopped']);
  expect([...waiting.faults, ...connected.faults]).toEqual([]);
});

test('a signal that was already aborted starts nothing', async () => {
  await using folder = await openFolder();
  await using qemu = await listen(folder.socketPath);
  using vmnet = start(folder.socketPath, { signal: AbortSignal.abort() });
  await vmnet.whenStopped;
  expect([vmnet.state, qemu.clients.length]).toEqual(['stopped', 0]);
});

test('a setting that cannot be used is reported, even when the listener fails, and never thrown', async () => {
  let told = 0;
  const onFault = (): never => {
    told += 1;
    throw new TypeError('listener');
  };
  using vmnet = createVmnet({ kind: 'nat', subnet: 'nonsense', socketPath: '/nowhere', onFault });
  await vmnet.whenStopped;
  expect([told, vmnet.state, await vmnet.whenConnected]).toEqual([1, 'stopped', false]);
});

test('a socket path that no socket can have is refused at once', async () => {
  for (const socketPath of ['', '8080', 'net0.sock', `/tmp/${'x'.repeat(103)}`]) {
    using vmnet = start(socketPath);
    await vmnet.whenStopped;
    expect(vmnet.faults).toEqual([{ kind: 'bad-setting', setting: 'socketPath', value: socketPath }]);
  }
});

test('a guest that floods is slowed down, loses nothing, and leaves the server free for others', async () => {
  await using folder = await openFolder();
  await using qemu = await listen(folder.socketPath);
  using vmnet = start(folder.socketPath);
  await until(
    () => qemu.clients.length === 1,
    () => vmnet.counts,
  );
  const startedAtMs = performance.now();
  const flood = 10 * FRAMES_PER_WINDOW;
  qemu.send(Buffer.concat(Array.from({ length: flood }, () => encodeFrame(PING))));
  await until(
    () => qemu.frames.length === flood,
    () => vmnet.counts,
  );
  // A read of the socket may bring two windows' worth of the smallest frames at once.
  expect(performance.now() - startedAtMs).toBeGreaterThan(4 * WINDOW_MS);
});

test('a network that ends while a guest floods leaves no timer behind', async () => {
  await using folder = await openFolder();
  await using qemu = await listen(folder.socketPath);
  const vmnet = start(folder.socketPath);
  await until(
    () => qemu.clients.length === 1,
    () => vmnet.counts,
  );
  qemu.send(Buffer.concat(Array.from({ length: 3 * FRAMES_PER_WINDOW }, () => encodeFrame(PING))));
  await until(
    () => vmnet.counts.framesIn >= FRAMES_PER_WINDOW,
    () => vmnet.counts,
  );
  vmnet[Symbol.dispose]();
  await vmnet.whenStopped;
  expect(vmnet.counts.framesIn).toBeLessThan(3 * FRAMES_PER_WINDOW);
});
