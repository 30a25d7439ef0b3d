import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { answerDns } from '../../../../server/lab/vmnet/dns.ts';
import { ask, GATEWAY, ipText, openNetwork, u16, udpFrame } from './guest.ts';
import { createTcpClient } from './tcp-client.ts';

const A = 1;
const NS = 2;
const PTR = 12;
const AAAA = 28;

function query(name: string, { type = A, flags = 0x0100, qclass = 1, count = 1 } = {}): Buffer {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  const header = Buffer.concat([u16(0xbeef), u16(flags), u16(count), Buffer.alloc(6)]);
  return Buffer.concat([header, ...labels, Buffer.from([0]), u16(type), u16(qclass)]);
}

function askGateway(data: Buffer): Buffer {
  const reply = ask(openNetwork(), udpFrame({ to: GATEWAY, ports: [4321, 53], data }));
  expect(reply.payload.readUInt16BE(0)).toBe(53);
  expect(reply.payload.readUInt16BE(2)).toBe(4321);
  return reply.payload.subarray(8);
}

const rcode = (answer: Buffer): number => answer.readUInt16BE(2) & 15;
const answerCount = (answer: Buffer): number => answer.readUInt16BE(6);

test('a known name has its address, whatever the case, and the question comes back letter for letter', () => {
  for (const [name, address] of [
    ['www.example.com', '198.51.100.80'],
    ['eXample.COM', '198.51.100.80'],
    ['www.google.com', '198.51.100.81'],
  ] as const) {
    const asked = query(name);
    const answer = askGateway(asked);
    expect(answer.readUInt16BE(0)).toBe(0xbeef);
    expect(answer.readUInt16BE(2)).toBe(0x8180);
    expect(answerCount(answer)).toBe(1);
    expect(answer.subarray(12, asked.length)).toEqual(asked.subarray(12));
    expect(answer.subarray(asked.length, asked.length + 6)).toEqual(Buffer.from('c00c00010001', 'hex'));
    expect(ipText(answer.subarray(-4))).toBe(address);
  }
});

test('an unknown name does not exist, nor does a reverse name', () => {
  for (const [name, type] of [
    ['nobody.example.org', A],
    ['nobody.example.org', AAAA],
    ['2.113.0.213.in-addr.arpa', PTR],
  ] as const) {
    const answer = askGateway(query(name, { type }));
    expect([rcode(answer), answerCount(answer)], name).toEqual([3, 0]);
  }
});

test('a known name without an IPv6 address or name server gives an empty answer, not an error', () => {
  for (const type of [AAAA, NS]) {
    const answer = askGateway(query('www.example.com', { type }));
    expect([rcode(answer), answerCount(answer)]).toEqual([0, 0]);
  }
});

test('what is no plain question gets the fitting code', () => {
  expect(rcode(askGateway(query('www.example.com', { count: 2 })))).toBe(1);
  expect(rcode(askGateway(query('www.example.com').subarray(0, 20)))).toBe(1);
  expect(rcode(askGateway(Buffer.concat([query('a').subarray(0, 12), Buffer.from('c00c00010001', 'hex')])))).toBe(1);
  expect(rcode(askGateway(query('x'.repeat(64))))).toBe(1);
  expect(rcode(askGateway(query(Array.from({ length: 5 }, () => 'x'.repeat(60)).join('.'))))).toBe(1);
  expect(rcode(askGateway(query('www.example.com', { flags: 0x2000 })))).toBe(4);
  expect(rcode(askGateway(query('www.example.com', { qclass: 3 })))).toBe(5);
});

test('an answer is never answered', () => {
  expect(answerDns(query('www.example.com', { flags: 0x8180 }), new Map())).toBeUndefined();
});

test('DNS over TCP gives the same answer with its length before it', () => {
  const client = createTcpClient(openNetwork(), { to: GATEWAY, port: 53 });
  const asked = query('www.example.com');
  client.connect();
  client.send(u16(asked.length));
  client.send(asked.subarray(0, 10));
  client.send(asked.subarray(10));
  expect(client.received.readUInt16BE(0)).toBe(client.received.length - 2);
  expect(ipText(client.received.subarray(-4))).toBe('198.51.100.80');
  expect(client.isClosedByPeer).toBe(true);
});

test('the names are those of the settings, and only those', () => {
  const network = openNetwork({ names: { 'Mirror.Lab.': '198.51.100.80' } });
  const address = ask(network, udpFrame({ to: GATEWAY, ports: [1, 53], data: query('mirror.lab') }));
  expect(ipText(address.payload.subarray(-4))).toBe('198.51.100.80');
  const unknown = ask(network, udpFrame({ to: GATEWAY, ports: [1, 53], data: query('www.example.com') }));
  expect(rcode(unknown.payload.subarray(8))).toBe(3);
});
