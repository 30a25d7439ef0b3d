import { expect, test } from 'vitest';
import type { VmnetSite } from '../../../../server/lab/vmnet/default-sites.ts';
import { createNetwork, type Network } from '../../../../server/lab/vmnet/network.ts';
import { buildPlan } from '../../../../server/lab/vmnet/plan.ts';
import { createTcpStub, MAX_CONNECTIONS, MAX_REQUEST_BYTES } from '../../../../server/lab/vmnet/tcp-stub.ts';
import { ipFrame, openNetwork, SITE } from './guest.ts';
import { ACK, buildSegment, createTcpClient, FIN, RST, readSegment, SYN } from './tcp-client.ts';

const BODY = Array.from({ length: 20_000 }, (_, index) => `line ${index}\n`).join('');
const BIG = { address: SITE, pingable: true, http: { port: 80, status: 200, contentType: 'text/plain', body: BODY } };
const GET = 'GET / HTTP/1.1\r\nHost: www.example.com\r\n\r\n';

const bodyOf = (received: Buffer): string => received.toString().split('\r\n\r\n').slice(1).join('\r\n\r\n');

test('a page comes whole over one connection that both sides close', () => {
  const client = createTcpClient(openNetwork(), { to: SITE });
  client.connect();
  client.send(GET);
  expect(client.received.toString()).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(client.isClosedByPeer).toBe(true);
  client.close();
  expect(client.isReset).toBe(false);
});

test('a page larger than many windows comes whole, in segments that fit the wire', () => {
  const client = createTcpClient(openNetwork({ sites: [BIG] }), { to: SITE, window: 5000 });
  client.connect();
  client.send(GET);
  expect(bodyOf(client.received)).toBe(BODY);
  const sizes = client.log.map((entry) => Number(entry.split(':')[1]));
  expect(Math.max(...sizes)).toBe(1460);
});

test('a request in many small pieces, one of them twice, is answered once', () => {
  const client = createTcpClient(openNetwork(), { to: SITE });
  client.connect();
  for (const letter of GET) {
    client.send(letter);
    if (letter === 'x') client.repeat();
  }
  expect(client.received.toString().match(/HTTP\/1\.1/g)).toHaveLength(1);
  expect(client.isClosedByPeer).toBe(true);
});

test('an answer that was lost is sent again when the request is repeated', () => {
  // Arrival 0 is SYN+ACK, 1 the only segment of the answer.
  const client = createTcpClient(openNetwork(), { to: SITE, isLost: (index) => index === 1 });
  client.connect();
  client.send(GET);
  expect(client.received).toHaveLength(0);
  client.repeat();
  expect(client.received.toString()).toMatch(/^HTTP\/1\.1 200 OK/);
});

test('a segment lost in the middle is sent again after a repeated acknowledgement', () => {
  const client = createTcpClient(openNetwork({ sites: [BIG] }), {
    to: SITE,
    window: 20_000,
    isLost: (index) => index % 9 === 5,
  });
  client.connect();
  client.send(GET);
  for (let round = 0; round < 500 && !client.isClosedByPeer; round += 1) client.acknowledge();
  expect(client.isClosedByPeer).toBe(true);
  expect(bodyOf(client.received)).toBe(BODY);
});

test('a repeated SYN gets the same sequence number', () => {
  const network = openNetwork();
  const payload = buildSegment({
    to: SITE,
    ports: [1, 80],
    sequence: 5,
    acknowledgement: 0,
    flags: SYN,
    window: 100,
    data: Buffer.alloc(0),
  });
  const numbers = [1, 2].map(
    () => readSegment(network.handleFrame(ipFrame({ to: SITE, protocol: 6, payload }))[0] ?? expect.fail()).sequence,
  );
  expect(numbers[0]).toBe(numbers[1]);
});

test('a closed port, a closed site and a segment out of nowhere are reset', () => {
  const network = openNetwork();
  for (const [to, port] of [
    [SITE, 81],
    ['198.51.100.81', 80],
    ['213.0.113.2', 22],
  ] as const) {
    const client = createTcpClient(network, { to, port });
    client.connect();
    expect(client.log, `${to}:${port}`).toEqual([`${RST | ACK}:0`]);
  }
  const stray = createTcpClient(network, { to: SITE });
  stray.send('hello');
  expect(stray.log).toEqual([`${RST}:0`]);
});

test('a guest that closes without asking is closed in turn', () => {
  const client = createTcpClient(openNetwork(), { to: SITE });
  client.connect();
  client.close();
  expect(client.isClosedByPeer).toBe(true);
  expect(client.received).toHaveLength(0);
});

test('a request without end is reset, not kept', () => {
  const client = createTcpClient(openNetwork(), { to: SITE });
  client.connect();
  for (let sent = 0; sent <= MAX_REQUEST_BYTES + 1000 && !client.isReset; sent += 1000) client.send('x'.repeat(1000));
  expect(client.isReset).toBe(true);
});

test('only so many connections are remembered, and the oldest one is told so', () => {
  const network = openNetwork();
  const clients = Array.from({ length: MAX_CONNECTIONS + 1 }, (_, index) =>
    createTcpClient(network, { to: SITE, sourcePort: 1000 + index }),
  );
  for (const client of clients) client.connect();
  for (const client of clients) client.send(GET);
  expect(clients.map((client) => client.isReset)).toEqual([
    true,
    ...Array.from({ length: MAX_CONNECTIONS }, () => false),
  ]);
});

test('a flood of SYNs leaves bounded state, and finished connections none', () => {
  const stub = createTcpStub({ randomSequence: () => 7 });
  const segment = {
    sourcePort: 1,
    destinationPort: 80,
    acknowledgement: 0,
    window: 1000,
    mssBytes: 0,
    payload: new Uint8Array(0),
  };
  const service = (): Uint8Array => Buffer.from('bye');
  for (let index = 0; index < 5000; index += 1)
    stub.receive({ key: `${index}`, service, segment: { ...segment, sequence: index, flags: SYN } });
  expect(stub.connectionCount).toBe(MAX_CONNECTIONS);
  const key = '4999';
  stub.receive({ key, service, segment: { ...segment, sequence: 5000, acknowledgement: 8, flags: ACK } });
  stub.receive({ key, service, segment: { ...segment, sequence: 5000, acknowledgement: 12, flags: ACK | FIN } });
  expect(stub.connectionCount).toBe(MAX_CONNECTIONS - 1);
});

/** One segment of a connection whose first sequence number is 100, sent by hand; the data of the answers and where they lie. */
function sendByHand(network: Network, part: { sequence: number; flags?: number; window?: number; data?: string }) {
  const { sequence, flags = ACK, window = 5000, data = '' } = part;
  const numbers = { sequence, acknowledgement: FIRST + 1, flags, window, data: Buffer.from(data) };
  const payload = buildSegment({ to: SITE, ports: [7, 80], ...numbers });
  const answers = network.handleFrame(ipFrame({ to: SITE, protocol: 6, payload })).map(readSegment);
  return {
    offsets: answers.map((answer) => answer.sequence - FIRST - 1),
    data: Buffer.concat(answers.map((answer) => answer.payload)),
  };
}

const FIRST = 1000;

function openByHand(site: VmnetSite): Network {
  const plan = buildPlan({ kind: 'nat', subnet: '213.0.113.0/24', sites: [site] });
  if ('setting' in plan) expect.fail(plan.value);
  const network = createNetwork(plan, { randomSequence: () => FIRST });
  sendByHand(network, { sequence: 100, flags: SYN });
  return network;
}

test('no more is sent than the window takes; when it opens the sender goes on where it stopped', () => {
  const network = openByHand(BIG);
  const first = sendByHand(network, { sequence: 101, data: GET });
  expect([first.data.length, first.offsets]).toEqual([5000, [0, 1460, 2920, 4380]]);
  const more = sendByHand(network, { sequence: 101 + GET.length, window: 7000 });
  expect([more.data.length, more.offsets]).toEqual([2000, [5000, 6460]]);
  expect(sendByHand(network, { sequence: 101 + GET.length, window: 0 }).data).toHaveLength(0);
});

test('bytes that come twice in overlapping segments are taken once', () => {
  const network = openByHand(BIG);
  sendByHand(network, { sequence: 101, data: GET.slice(0, 8) });
  expect(sendByHand(network, { sequence: 105, data: GET.slice(4) }).data.toString()).toMatch(/^HTTP\/1\.1 200 OK/);
});

test('bytes from beyond a gap are not taken; the gap is named instead', () => {
  const network = openByHand(BIG);
  expect(sendByHand(network, { sequence: 105, data: GET.slice(4) })).toMatchObject({
    offsets: [0],
    data: Buffer.alloc(0),
  });
  expect(sendByHand(network, { sequence: 101, data: GET }).data.toString()).toMatch(/^HTTP\/1\.1 200 OK/);
});

test('sequence numbers may run past the end of their circle on both sides', () => {
  const plan = buildPlan({ kind: 'nat', subnet: '213.0.113.0/24', sites: [BIG] });
  if ('setting' in plan) expect.fail(plan.value);
  const network = createNetwork(plan, { randomSequence: () => 0xfffff000 });
  const client = createTcpClient(network, { to: SITE });
  client.connect();
  client.send(GET.slice(0, 20));
  client.repeat();
  client.send(GET.slice(20));
  expect(bodyOf(client.received)).toBe(BODY);
  expect(client.isClosedByPeer).toBe(true);
});
