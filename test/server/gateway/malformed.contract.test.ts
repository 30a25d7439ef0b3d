/** Sockets that break the rules of HTTP and WebSocket: how they end, and that nobody else notices. */
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { maxInputBytes } from '../../../src/protocol/terminal.ts';
import { createRandom } from '../../support/deterministic.ts';
import { openWorld } from '../../support/gateway-world.ts';
import { type RawFrame, RawSocket, upgradeRequest, writeRawFrame } from '../../support/raw-socket.ts';
import { TestViewer } from '../../support/terminal-viewer.ts';

const routes = ['/ws/terminal', '/ws/live'] as const;
const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9 } as const;
const withinMs = { timeout: 10_000, interval: 20 } as const;

async function openRaw(port: number, path: string): Promise<RawSocket> {
  const socket = RawSocket.open(port, upgradeRequest(path, port));
  await expect.poll(() => socket.text, withinMs).toMatch(/^HTTP\/1\.1 101 /);
  return socket;
}

/** What is wrong, how it is written, and the code that it is closed with. */
const malformed: readonly (readonly [string, RawFrame, number])[] = [
  ['not masked', { opcode: opcodes.text, payload: Buffer.from('{}'), isMasked: false }, 1002],
  ['a reserved bit', { opcode: opcodes.text, reserved: 1 }, 1002],
  ['the bit of compression, which was not agreed upon', { opcode: opcodes.text, reserved: 4 }, 1002],
  ['an unknown opcode', { opcode: 3 }, 1002],
  ['an unknown control opcode', { opcode: 11 }, 1002],
  ['a continuation of nothing', { opcode: opcodes.continuation, payload: Buffer.from('x') }, 1002],
  ['a ping in pieces', { opcode: opcodes.ping, isFinal: false }, 1002],
  ['a ping longer than 125 bytes', { opcode: opcodes.ping, payload: Buffer.alloc(126) }, 1002],
  ['a close of one byte', { opcode: opcodes.close, payload: Buffer.alloc(1) }, 1002],
  ['a close with a code that nobody may send', { opcode: opcodes.close, payload: Buffer.of(0x03, 0xed) }, 1002],
  ['a text that is not UTF-8', { opcode: opcodes.text, payload: Buffer.of(0xff, 0xfe) }, 1007],
  ['a message larger than any', { opcode: opcodes.binary, payload: Buffer.alloc(maxInputBytes + 100) }, 1009],
  ['a claim of 2^40 bytes', { opcode: opcodes.binary, claimedBytes: 2n ** 40n }, 1009],
  ['a claim of 2^63 bytes', { opcode: opcodes.binary, claimedBytes: 2n ** 63n }, 1009],
];

for (const path of routes) {
  test(`${path}: every kind of broken frame is closed with its code and a sentence, and nobody else notices`, async () => {
    await using world = await openWorld({ limits: { socketsPerLearner: 100 } });
    await using neighbour = await TestViewer.open({ url: world.url });
    for (const [what, frame, code] of malformed) {
      using socket = await openRaw(world.port, path);
      socket.write(writeRawFrame(frame));
      await expect.poll(() => socket.closeFrame?.code, { ...withinMs, message: what }).toBe(code);
      expect(socket.closeFrame?.reason, what).toMatch(/^[A-Z].{10,110}\.$/);
    }
    neighbour.type('echo un"-"disturbed\r');
    await neighbour.untilText('un-disturbed');
    expect(neighbour.closed).toBeUndefined();
    await expect.poll(() => world.gateway.sockets, withinMs).toBe(1);
  });
}

test('a message in many pieces is read as one, and one that never ends is closed at the limit', async () => {
  await using world = await openWorld();
  using whole = await openRaw(world.port, '/ws/live');
  const text = Buffer.from(JSON.stringify({ type: 'watch', course: 'c'.repeat(40), lesson: 'l' }));
  whole.write(writeRawFrame({ opcode: opcodes.text, isFinal: false }));
  for (const byte of text)
    whole.write(writeRawFrame({ opcode: opcodes.continuation, payload: Buffer.of(byte), isFinal: false }));
  whole.write(writeRawFrame({ opcode: opcodes.continuation }));
  await expect.poll(() => world.watched, withinMs).toHaveLength(1);
  using endless = await openRaw(world.port, '/ws/terminal');
  endless.write(writeRawFrame({ opcode: opcodes.binary, isFinal: false }));
  const piece = writeRawFrame({ opcode: opcodes.continuation, payload: Buffer.alloc(1_000), isFinal: false });
  for (let sent = 0; sent <= maxInputBytes + 1_000; sent += 1_000) endless.write(piece);
  await expect.poll(() => endless.closeFrame?.code, withinMs).toBe(1009);
});

test('random bytes on forty sockets end them all, and a terminal beside them misses no line', async () => {
  await using world = await openWorld({ limits: { socketsPerLearner: 100 } });
  await using neighbour = await TestViewer.open({ url: world.url });
  neighbour.type('for n in $(seq 3000); do echo "line $n."; done; echo all"-"lines\r');
  const random = createRandom(11);
  for (let count = 0; count < 40; count += 1) {
    using socket = await openRaw(world.port, routes[random(2)] ?? '/ws/live');
    // The first byte carries a reserved bit: whatever follows, it is broken.
    socket.write(Buffer.from([0xf0 | random(16), ...Array.from({ length: 200 }, () => random(256))]));
    await expect.poll(() => socket.closeFrame?.code ?? socket.isEnded, withinMs).toBe(1002);
  }
  await neighbour.untilText('all-lines');
  const seen = [...neighbour.text.matchAll(/line (\d+)\.\r\n/g)].map(([, number]) => Number(number));
  expect(seen).toEqual(Array.from({ length: 3_000 }, (_, index) => index + 1));
});

test('requests that come a byte at a time are ended by the deadline for headers, and pages come in meanwhile', async () => {
  await using world = await openWorld({ limits: { headerMs: 500 } });
  const request = upgradeRequest('/ws/terminal', world.port, { isCut: true });
  const slow = Array.from({ length: 20 }, () => RawSocket.open(world.port, request.slice(0, 20)));
  let at = 20;
  const drip = setInterval(() => {
    for (const socket of slow) socket.write(Buffer.from(request.slice(at, at + 1)));
    at += 1;
  }, 50);
  try {
    await using page = await TestViewer.open({ url: world.url });
    page.type('echo got"-"in\r');
    await page.untilText('got-in');
    await expect.poll(() => slow.filter(({ isEnded }) => isEnded).length, withinMs).toBe(slow.length);
    expect(at).toBeLessThan(request.length);
    expect(slow.every(({ text }) => text.startsWith('HTTP/1.1 408 '))).toBe(true);
    expect(page.closed).toBeUndefined();
  } finally {
    clearInterval(drip);
    for (const socket of slow) socket[Symbol.dispose]();
  }
});

test('a request that is no WebSocket handshake is answered in HTTP and opens nothing', async () => {
  await using world = await openWorld();
  const whole = upgradeRequest('/ws/terminal', world.port);
  const requests: readonly (readonly [string, string, number])[] = [
    ['an old version', whole.replace('Version: 13', 'Version: 7'), 400],
    ['no key', whole.replace(/Sec-WebSocket-Key: .*\r\n/, ''), 400],
    ['a key of the wrong length', whole.replace(/(Sec-WebSocket-Key: ).*/, '$1c2hvcnQ='), 400],
    ['another method', whole.replace('GET', 'POST'), 405],
    // Without it no Origin is this site.
    ['no Host', whole.replace(/Host: .*\r\n/, ''), 403],
    ['a header of 100 KB', whole.replace('Upgrade:', `X-Long: ${'x'.repeat(100_000)}\r\nUpgrade:`), 431],
    ['two lengths', whole.replace('Upgrade:', 'Content-Length: 1\r\nContent-Length: 2\r\nUpgrade:'), 400],
  ];
  for (const [what, request, status] of requests) {
    using socket = RawSocket.open(world.port, request);
    await expect
      .poll(() => Number(/^HTTP\/1\.1 (\d+)/.exec(socket.text)?.[1]), { ...withinMs, message: what })
      .toBe(status);
  }
  expect(world.gateway.sockets).toBe(0);
});

test('whoever is refused and never closes their end does not keep the connection', async () => {
  await using world = await openWorld();
  const request = upgradeRequest('/ws/nowhere', world.port);
  const stubborn = Array.from({ length: 5 }, () =>
    connect({ port: world.port, host: '127.0.0.1', allowHalfOpen: true }),
  );
  try {
    const answers = stubborn.map(() => '');
    for (const [index, socket] of stubborn.entries()) {
      socket.on('data', (bytes) => (answers[index] += String(bytes)));
      socket.write(request);
    }
    await expect.poll(() => answers.every((answer) => answer.endsWith('}')), withinMs).toBe(true);
    expect(answers[0]).toMatch(/^HTTP\/1\.1 404 /);
    await expect.poll(() => world.countConnections(), withinMs).toBe(0);
  } finally {
    for (const socket of stubborn) socket.destroy();
  }
});
