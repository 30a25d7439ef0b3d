/** What a page says with the address of its socket: it is read like the first message on it, and as carefully. */
import { expect, test } from 'vitest';
import { firstMessageName } from '../../../src/protocol/first-message.ts';
import { maxControlBytes } from '../../../src/protocol/terminal.ts';
import { openWorld } from '../../support/gateway-world.ts';
import { RawSocket, upgradeRequest } from '../../support/raw-socket.ts';
import { TestViewer } from '../../support/terminal-viewer.ts';

const withinMs = { timeout: 10_000, interval: 20 } as const;
const attach = { type: 'attach', terminal: 't1', viewer: 'viewer-of-the-address', size: { cols: 91, rows: 24 } };
const addressWith = (first: string, path = '/ws/terminal') =>
  `${path}?${firstMessageName}=${first.startsWith('%') ? first : encodeURIComponent(first)}`;

const open = (port: number, path: string) => RawSocket.open(port, upgradeRequest(path, port));

test('a terminal opens without a word on the socket, in the size that was asked for', async () => {
  await using world = await openWorld();
  using socket = open(world.port, addressWith(JSON.stringify(attach)));
  await expect.poll(() => socket.text, withinMs).toMatch(/"type":"attached".*"cols":91/s);
  await expect.poll(() => socket.text, withinMs).toMatch(/[$#] /);
});

test('a page that comes back that way gets what it does not show yet, and nothing twice', async () => {
  await using world = await openWorld();
  await using page = await TestViewer.open({ url: world.url, learner: 'mallet', viewer: attach.viewer });
  page.type('echo one"-"line\r');
  await page.untilText('one-line');
  const { epoch } = page.attached ?? {};
  const from = page.position;
  page.type('echo another"-"line\r');
  await page.untilText('another-line');
  page.cut();
  using socket = open(world.port, addressWith(JSON.stringify({ ...attach, epoch, from })));
  await expect.poll(() => socket.text, withinMs).toContain('another-line');
  expect(socket.text).toContain('"resume":"bytes"');
  expect(socket.text).not.toContain('one-line');
});

test.each([
  ['no JSON', 'x', 4400],
  ['no percent-encoding', '%zz', 4400],
  ['an unknown message', '{"type":"open"}', 4400],
  ['a size that no terminal has', JSON.stringify({ ...attach, size: { cols: 0, rows: 24 } }), 4400],
  ['more than a message may have', JSON.stringify({ ...attach, epoch: 'e'.repeat(maxControlBytes) }), 4413],
])('%s closes the socket with its code, and nobody else notices', async (_what, first, code) => {
  await using world = await openWorld();
  await using neighbour = await TestViewer.open({ url: world.url });
  using socket = open(world.port, addressWith(first));
  await expect.poll(() => socket.closeFrame?.code, withinMs).toBe(code);
  neighbour.type('echo un"-"disturbed\r');
  await neighbour.untilText('un-disturbed');
});

test('a page says which lesson it shows before its live channel is open', async () => {
  await using world = await openWorld();
  const watch = { type: 'watch', course: 'docker', lesson: 'kernel' };
  using socket = open(world.port, addressWith(JSON.stringify(watch), '/ws/live'));
  await expect.poll(() => world.watched, withinMs).toEqual(['mallet docker/kernel']);
  using broken = open(world.port, addressWith('{"type":"watch"}', '/ws/live'));
  await expect.poll(() => broken.closeFrame?.code, withinMs).toBe(4400);
  expect(socket.isEnded).toBe(false);
});

test('it counts as an attach: who asks too often is refused', async () => {
  await using world = await openWorld({ limits: { opens: { perSecond: 0.001, burst: 1 } } });
  using first = open(world.port, addressWith(JSON.stringify(attach)));
  await expect.poll(() => first.text, withinMs).toContain('"type":"attached"');
  using second = open(world.port, addressWith(JSON.stringify({ ...attach, viewer: 'another-viewer' })));
  await expect.poll(() => second.text, withinMs).toContain('"code":"too-many"');
});

test('attaches are counted for all sockets together, also when one of them has gone', async () => {
  await using world = await openWorld({ limits: { opens: { perSecond: 0.001, burst: 1 } } });
  await using silent = await TestViewer.connect({ url: world.url });
  (await TestViewer.connect({ url: world.url })).cut();
  await expect.poll(() => world.gateway.sockets, withinMs).toBe(1);
  await using _attached = await TestViewer.open({ url: world.url, viewer: 'viewer-that-attaches' });
  silent.attach();
  await silent.until(() => silent.refusals.length > 0, 'a refusal');
  expect(silent.refusals).toEqual(['too-many']);
});

test('a refused door reads nothing of it, and the log does not repeat it', async () => {
  await using world = await openWorld();
  const path = addressWith(JSON.stringify(attach));
  using socket = RawSocket.open(world.port, upgradeRequest(path, world.port).replace(/^Cookie: .*\r\n/im, ''));
  await expect.poll(() => socket.text, withinMs).toMatch(/^HTTP\/1\.1 401 /);
  expect(world.registry.sessionsOf(world.lab.id)).toHaveLength(0);
  expect(world.logged.join('\n')).not.toContain(attach.viewer);
});

test('a handshake that comes to nothing leaves no viewer and no socket behind', async () => {
  await using world = await openWorld();
  const path = addressWith(JSON.stringify(attach));
  const request = upgradeRequest(path, world.port).replace(/^(Sec-WebSocket-Key:).*$/im, '$1 not-a-key');
  using broken = RawSocket.open(world.port, request);
  await expect.poll(() => broken.text, withinMs).toMatch(/^HTTP\/1\.1 400 /);
  await expect.poll(() => world.gateway.sockets, withinMs).toBe(0);
  expect(world.registry.sessionsOf(world.lab.id).map(({ viewerCount }) => viewerCount)).toEqual([0]);
  using socket = open(world.port, path);
  await expect.poll(() => socket.text, withinMs).toContain('"type":"attached"');
});

test('a page that is gone before its handshake is answered leaves nothing behind', async () => {
  await using world = await openWorld();
  const pages = Array.from({ length: 5 }, () => open(world.port, addressWith(JSON.stringify(attach))));
  for (const page of pages) page[Symbol.dispose]();
  using socket = open(world.port, addressWith(JSON.stringify(attach)));
  await expect.poll(() => socket.text, withinMs).toContain('"type":"attached"');
  await expect.poll(() => world.gateway.sockets, withinMs).toBe(1);
});
