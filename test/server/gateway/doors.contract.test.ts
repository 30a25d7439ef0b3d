/** Who may come in, and what is not listened to. Every check of the door is made on each route. */
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { LearnerId } from '../../../src/course/ids.ts';
import { encodeFrame, maxInputBytes } from '../../../src/protocol/terminal.ts';
import { createRandom } from '../../support/deterministic.ts';
import { openWorld } from '../../support/gateway-world.ts';
import { TestViewer } from '../../support/terminal-viewer.ts';

const routes = ['/ws/terminal', '/ws/live'] as const;

interface Knock {
  readonly origin?: string;
  readonly cookie?: string;
  readonly host?: string;
}

/** Asks to come in; the HTTP status of the answer, 101 when let in. */
async function knock(url: string, { origin, cookie = 'tadak_learner=ada', host }: Knock): Promise<number> {
  const headers = { cookie, ...(host === undefined ? {} : { host }) };
  const socket = new WebSocket(url, origin === undefined ? { headers } : { headers, origin });
  const { promise, resolve } = Promise.withResolvers<number>();
  socket.on('upgrade', () => resolve(101));
  socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
  socket.on('error', () => {}); // The socket's own account of the same refusal.
  const status = await promise;
  socket.terminate();
  return status;
}

for (const route of routes) {
  test(`${route}: only pages of this site and of the named ones come in`, async () => {
    await using world = await openWorld();
    const ask = (origin: string | undefined, more: Knock = {}) =>
      knock(world.url + route, origin === undefined ? more : { origin, ...more });
    expect(await ask(`http://127.0.0.1:${world.port}`)).toBe(101);
    expect(await ask('https://class.example')).toBe(101);
    // A proxy ended TLS: the page's origin is https with the Host that it passed on.
    expect(await ask('https://lab.example', { host: 'lab.example' })).toBe(101);
    expect(await ask('https://evil.example')).toBe(403);
    expect(await ask('https://class.example.evil.example')).toBe(403);
    // Another port of the same host counts as the same site for cookies, but is another origin.
    expect(await ask('http://127.0.0.1:1')).toBe(403);
    expect(await ask('null')).toBe(403);
    expect(await ask('')).toBe(403);
    expect(await ask(undefined)).toBe(403);
    expect(world.logged.some((line) => line.includes('evil.example') && line.includes('--allow-origin'))).toBe(true);
  });

  test(`${route}: without a known cookie nobody comes in`, async () => {
    await using world = await openWorld();
    expect(await knock(world.url + route, { origin: 'https://class.example', cookie: 'other=1' })).toBe(401);
    expect(world.gateway.sockets).toBe(0);
  });

  test(`${route}: command-line tools without an Origin come in only where the operator allows it`, async () => {
    await using world = await openWorld({ gateway: { allowMissingOrigin: true } });
    expect(await knock(world.url + route, {})).toBe(101);
    expect(await knock(world.url + route, { origin: 'https://evil.example' })).toBe(403);
  });

  test(`${route}: a learner has at most so many sockets`, async () => {
    await using world = await openWorld({ limits: { socketsPerLearner: 2 } });
    const origin = 'https://class.example';
    const open = () => new WebSocket(world.url + route, { origin, headers: { cookie: 'tadak_learner=ada' } });
    const sockets = [open(), open()];
    await expect.poll(() => world.gateway.sockets).toBe(2);
    expect(await knock(world.url + route, { origin })).toBe(429);
    expect(await knock(world.url + route, { origin, cookie: 'tadak_learner=bob' })).toBe(101);
    sockets[0]?.terminate();
    await expect.poll(() => world.gateway.sockets).toBe(1);
    expect(await knock(world.url + route, { origin })).toBe(101);
  });
}

test('a path that is none of the routes is not found', async () => {
  await using world = await openWorld();
  for (const path of ['/', '/ws', '/ws/terminal/', '/ws//live', '/WS/terminal']) {
    expect(await knock(world.url + path, { origin: 'https://class.example' }), path).toBe(404);
  }
});

test('a refusal is a readable HTTP answer in both languages', async () => {
  await using world = await openWorld();
  const socket = connect(world.port, '127.0.0.1');
  socket.write(
    'GET /ws/live HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nOrigin: https://evil.example\r\n\r\n',
  );
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
    code: 'foreign-origin',
    message: { ko: expect.stringContaining('거절'), en: expect.stringContaining('https://evil.example') },
  });
});

test('what the terminal does not understand closes it with a reason, and the shell lives on', async () => {
  await using world = await openWorld();
  const sendings: [string, (page: TestViewer) => void, number][] = [
    ['not JSON', (page) => page.sendJson('{'), 4400],
    ['an unknown type', (page) => page.sendJson({ type: 'exec', command: 'id' }), 4400],
    ['a missing field', (page) => page.sendJson({ type: 'resize' }), 4400],
    ['a size out of bounds', (page) => page.resize({ cols: 100_000, rows: 1 }), 4400],
    ['an unknown field', (page) => page.sendJson({ type: 'ack', seq: 1, extra: 1 }), 4400],
    ['a negative position', (page) => page.sendJson({ type: 'ack', seq: -1 }), 4400],
    [
      'a terminal name with a path',
      (page) => page.sendJson({ type: 'attach', terminal: '../t1', viewer: 'viewer-12', size: { cols: 80, rows: 24 } }),
      4400,
    ],
    ['a long message', (page) => page.sendJson(`"${'x'.repeat(5_000)}"`), 4413],
    [
      'an output frame',
      (page) => page.sendBytes(encodeFrame({ kind: 'output', seq: 0, bytes: new Uint8Array(1) })),
      4400,
    ],
    ['an empty frame', (page) => page.sendBytes(new Uint8Array(0)), 4400],
    ['a frame that is too large', (page) => page.sendBytes(new Uint8Array(maxInputBytes + 1_000)), 1009],
    [
      'an input that is too large',
      (page) => page.sendBytes(encodeFrame({ kind: 'input', seq: 0, bytes: new Uint8Array(maxInputBytes + 1) })),
      4400,
    ],
  ];
  for (const [what, send, code] of sendings) {
    await using page = await TestViewer.open({ url: world.url });
    send(page);
    await page.until(() => page.closed !== undefined, `the close after ${what}`);
    expect(page.closed?.code, what).toBe(code);
    if (code !== 1009) expect(page.closed?.reason, what).not.toBe('');
  }
  expect(world.registry.sessionsOf(world.lab.id)).toHaveLength(1);
  expect(world.registry.sessionsOf(world.lab.id)[0]?.exit).toBeUndefined();
});

test('input before attach closes the socket', async () => {
  await using world = await openWorld();
  await using page = await TestViewer.connect({ url: world.url });
  page.sendInput(0, Buffer.from('rm -rf /\r'));
  await page.until(() => page.closed !== undefined, 'the close');
  expect(page.closed).toMatchObject({ code: 4400, reason: expect.stringContaining('input before attach') });
});

test('a learner without a lab is refused in a message, and may ask again on the same socket', async () => {
  await using world = await openWorld();
  await using page = await TestViewer.open({ url: world.url, learner: 'mallory' });
  expect(page.refusals).toEqual(['lab-none']);
  page.attach();
  await page.until(() => page.refusals.length === 2, 'the second refusal');
  expect(page.closed).toBeUndefined();
});

test('floods of resizes, messages and attaches are stopped, and the shell lives on', async () => {
  await using world = await openWorld({
    limits: {
      resizes: { perSecond: 1, burst: 20 },
      controlMessages: { perSecond: 1, burst: 50 },
      opens: { perSecond: 0.01, burst: 4 },
    },
  });
  await using resizing = await TestViewer.open({ url: world.url });
  for (let cols = 10; cols < 40; cols += 1) resizing.resize({ cols, rows: 10 });
  await resizing.until(() => resizing.closed !== undefined, 'the close of the resizing page');
  expect(resizing.closed?.code).toBe(4429);
  await using talking = await TestViewer.open({ url: world.url });
  for (let seq = 0; seq < 60; seq += 1) talking.sendJson({ type: 'ack', seq });
  await using attaching = await TestViewer.open({ url: world.url });
  for (let count = 0; count < 3; count += 1) attaching.attach();
  await attaching.until(() => attaching.refusals.length > 0, 'a refused attach');
  expect(attaching.refusals[0]).toBe('too-many');
  // Acknowledgements are read later; to end the connection for them would punish a fast page.
  expect(talking.closed).toBeUndefined();
  expect(world.registry.sessionsOf(world.lab.id)[0]?.exit).toBeUndefined();
});

test('input faster than its rate is read later, not lost', async () => {
  await using world = await openWorld({ limits: { inputBytes: { perSecond: 200_000, burst: 10_000 } } });
  await using page = await TestViewer.open({ url: world.url });
  await page.untilText('local:');
  page.type('stty raw -echo; echo read"-"now; head -c 100000 | wc -c; stty sane\r');
  await page.untilText('read-now');
  for (let count = 0; count < 100; count += 1) page.type('x'.repeat(1_000));
  await page.untilText(/100000\s/);
  expect(page.closed).toBeUndefined();
});

test('a socket that says nothing is closed by the heartbeat; its shell is not', async () => {
  await using world = await openWorld({ limits: { pingMs: 50, silenceMs: 200 } });
  await using alive = await TestViewer.open({ url: world.url, viewer: 'viewer-alive' });
  await using dead = await TestViewer.open({ url: world.url, viewer: 'viewer-dead' });
  dead.stall();
  await expect.poll(() => world.gateway.sockets, { timeout: 10_000 }).toBe(1);
  expect(alive.closed).toBeUndefined();
  alive.type('echo heart"-"beats\r');
  await alive.untilText('heart-beats');
  dead.resume();
});

test('when the server goes down, pages are told that it comes back', async () => {
  const world = await openWorld();
  const page = await TestViewer.open({ url: world.url });
  await world[Symbol.asyncDispose]();
  await page.until(() => page.closed !== undefined, 'the close');
  expect(page.closed?.code).toBe(4503);
});

test('random frames and messages close their socket and open no shell', async () => {
  await using world = await openWorld({
    limits: {
      controlMessages: { perSecond: 1e6, burst: 1e6 },
      opens: { perSecond: 1e6, burst: 1e6 },
      socketsPerLearner: 10_000,
    },
  });
  const random = createRandom(42);
  const texts = [
    '{}',
    '[]',
    'null',
    '{"type":"ack"}',
    '{"type":"attach","terminal":"t1"}',
    '"\\ud800"',
    '{"type":"__proto__"}',
    '1e999',
  ];
  for (let round = 0; round < 60; round += 1) {
    await using page = await TestViewer.connect({ url: world.url });
    const bytes = Uint8Array.from({ length: random(64) }, () => random(256));
    if (random(2) === 0) page.sendBytes(bytes);
    else page.sendJson(texts[random(texts.length)]);
    await page.until(() => page.closed !== undefined, 'the close');
    expect([4400, 4413]).toContain(page.closed?.code);
  }
  expect(world.registry.sessionsOf(world.lab.id)).toHaveLength(0);
}, 60_000);

test('the live channel carries what is published to every page of the learner, and to nobody else', async () => {
  await using world = await openWorld();
  const open = async (learner: string) => {
    const headers = { cookie: `tadak_learner=${learner}` };
    const socket = new WebSocket(`${world.url}/ws/live`, { origin: 'https://class.example', headers });
    const seen: unknown[] = [];
    socket.on('message', (data) => seen.push(JSON.parse(String(data))));
    await new Promise((resolve) => socket.once('open', resolve));
    return { socket, seen };
  };
  const [one, two, other] = [await open('ada'), await open('ada'), await open('bob')];
  await expect.poll(() => world.liveHub.countOf('ada' as LearnerId)).toBe(2);
  const checking = { type: 'checking', lesson: 'files', step: 'list' } as const;
  world.liveHub.publish('ada' as LearnerId, checking);
  await expect.poll(() => [one.seen, two.seen]).toEqual([[checking], [checking]]);
  one.socket.send(JSON.stringify({ type: 'watch', course: 'docker', lesson: 'kernel' }));
  other.socket.send(JSON.stringify({ type: 'ping' }));
  await expect.poll(() => world.watched).toEqual(['ada docker/kernel']);
  await expect.poll(() => other.seen).toEqual([{ type: 'pong' }]);
  two.socket.send(new Uint8Array(3));
  const [code] = await new Promise<[number]>((resolve) => two.socket.once('close', (closed) => resolve([closed])));
  expect(code).toBe(4400);
  await expect.poll(() => world.liveHub.countOf('ada' as LearnerId)).toBe(1);
  one.socket.terminate();
  other.socket.terminate();
});
