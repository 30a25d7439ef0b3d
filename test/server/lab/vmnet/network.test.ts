import { expect, test } from 'vitest';
import {
  arpRequest,
  ask,
  EVERYBODY_MAC,
  echoRequest,
  ethernet,
  GATEWAY,
  GUEST,
  GUEST_MAC,
  ipFrame,
  ipText,
  macText,
  openNetwork,
  readIpFrame,
  SITE,
  stationMac,
  udpFrame,
} from './guest.ts';

const PING = { protocol: 1, payload: echoRequest() };

test('the host adapter, the gateway and the DHCP server answer ARP with their own addresses', () => {
  const network = openNetwork();
  for (const address of ['213.0.113.1', '213.0.113.2', '213.0.113.254']) {
    const [reply] = network.handleFrame(arpRequest(address));
    const bytes = Buffer.from(reply ?? expect.fail(`no answer for ${address}`));
    expect(macText(bytes.subarray(0, 6))).toBe(GUEST_MAC);
    expect(bytes.readUInt16BE(20)).toBe(2);
    expect(macText(bytes.subarray(22, 28))).toBe(stationMac(address));
    expect(ipText(bytes.subarray(28, 32))).toBe(address);
    expect(ipText(bytes.subarray(38, 42))).toBe(GUEST);
  }
});

test('an address that belongs to nobody gets no ARP answer, nor does the guest its own', () => {
  const network = openNetwork();
  for (const address of ['213.0.113.9', GUEST, '213.0.113.255', '198.51.100.80', '192.168.113.2']) {
    expect(network.handleFrame(arpRequest(address)), address).toEqual([]);
  }
});

test('a guest that asks before it takes an address is told that the gateway has it', () => {
  expect(openNetwork().handleFrame(arpRequest(GATEWAY, '0.0.0.0'))).toHaveLength(1);
});

test('ping to the gateway, the host adapter and a site comes back with the same data', () => {
  const network = openNetwork();
  for (const [to, via] of [
    [GATEWAY, GATEWAY],
    ['213.0.113.1', '213.0.113.1'],
    [SITE, GATEWAY],
    ['198.51.100.81', GATEWAY],
  ] as const) {
    const reply = ask(network, ipFrame({ ...PING, to, via: stationMac(via) }));
    expect(reply).toMatchObject({ from: to, to: GUEST, protocol: 1, toMac: GUEST_MAC, fromMac: stationMac(via) });
    expect(reply.payload[0]).toBe(0);
    expect(reply.payload.subarray(4)).toEqual(PING.payload.subarray(4));
  }
});

test('a damaged echo request gets no answer', () => {
  const payload = Buffer.from(PING.payload);
  payload[9] = 0;
  expect(openNetwork().handleFrame(ipFrame({ to: GATEWAY, protocol: 1, payload }))).toEqual([]);
});

test('a packet whose time to live ends at the gateway gets "time exceeded" from the gateway', () => {
  const frame = ipFrame({ ...PING, to: SITE, ttl: 1 });
  const reply = ask(openNetwork(), frame);
  expect(reply).toMatchObject({ from: GATEWAY, to: GUEST });
  expect([...reply.payload.subarray(0, 2)]).toEqual([11, 0]);
  expect(reply.payload.subarray(8)).toEqual(frame.subarray(14, 14 + 28));
});

test('an address that the stub Internet does not have is "network unreachable", a free one on the wire "host unreachable"', () => {
  const network = openNetwork();
  const outside = ask(network, ipFrame({ ...PING, to: '8.8.8.8' }));
  expect([outside.from, ...outside.payload.subarray(0, 2)]).toEqual([GATEWAY, 3, 0]);
  const inside = ask(network, ipFrame({ ...PING, to: '213.0.113.77' }));
  expect([inside.from, ...inside.payload.subarray(0, 2)]).toEqual([GATEWAY, 3, 1]);
});

test('a closed UDP port is "port unreachable" from the machine itself, so traceroute ends', () => {
  const reply = ask(openNetwork(), udpFrame({ to: SITE, ports: [40000, 33434], data: Buffer.from('probe') }));
  expect([reply.from, ...reply.payload.subarray(0, 2)]).toEqual([SITE, 3, 3]);
});

test('a protocol that nobody speaks is "protocol unreachable"', () => {
  const reply = ask(openNetwork(), ipFrame({ to: GATEWAY, protocol: 132, payload: Buffer.alloc(16) }));
  expect([...reply.payload.subarray(0, 2)]).toEqual([3, 2]);
});

test('no error is sent about an error, a fragment, a broadcast or a multicast', () => {
  const network = openNetwork();
  const unreachable = Buffer.from('0301fcfe0000000000000000', 'hex');
  expect(network.handleFrame(ipFrame({ to: '8.8.8.8', protocol: 1, payload: unreachable }))).toEqual([]);
  expect(network.handleFrame(ipFrame({ ...PING, to: '8.8.8.8', flags: 0x2000 }))).toEqual([]);
  for (const to of ['255.255.255.255', '213.0.113.255', '224.0.0.251', '0.0.0.0']) {
    expect(network.handleFrame(ipFrame({ ...PING, to })), to).toEqual([]);
    expect(network.handleFrame(ipFrame({ ...PING, to, via: EVERYBODY_MAC })), to).toEqual([]);
  }
});

test('the host adapter is no router: with .1 as gateway the outside stays silent', () => {
  expect(openNetwork().handleFrame(ipFrame({ ...PING, to: SITE, via: stationMac('213.0.113.1') }))).toEqual([]);
});

test('a guest with an address from another network gets no answer', () => {
  const network = openNetwork();
  for (const from of ['192.168.115.3', '213.0.114.3', '213.0.113.0', '213.0.113.255', '172.17.0.2']) {
    expect(network.handleFrame(ipFrame({ ...PING, to: GATEWAY, from })), from).toEqual([]);
  }
});

test('a frame for a machine that is not there is dropped', () => {
  expect(openNetwork().handleFrame(ipFrame({ ...PING, to: GATEWAY, via: '02:00:00:00:00:99' }))).toEqual([]);
});

test('a host-only network has the host adapter, no gateway, no DNS and no way out', () => {
  const network = openNetwork({ kind: 'host-only', subnet: '192.168.114.0/24' });
  const from = '192.168.114.3';
  expect(network.handleFrame(arpRequest('192.168.114.2', from))).toEqual([]);
  const host = stationMac('192.168.114.1');
  expect(ask(network, ipFrame({ ...PING, from, to: '192.168.114.1', via: host })).from).toBe('192.168.114.1');
  expect(network.handleFrame(ipFrame({ ...PING, from, to: SITE, via: host }))).toEqual([]);
  const dns = ask(
    network,
    udpFrame({ from, to: '192.168.114.1', ports: [4000, 53], data: Buffer.alloc(12), via: host }),
  );
  expect([...dns.payload.subarray(0, 2)]).toEqual([3, 3]);
});

test('a site that must not answer ping is silent', () => {
  const network = openNetwork({ sites: [{ address: '198.51.100.90', pingable: false }], names: {} });
  expect(network.handleFrame(ipFrame({ ...PING, to: '198.51.100.90' }))).toEqual([]);
});

test('IPv6 and other types are ignored', () => {
  expect(openNetwork().handleFrame(ethernet('33:33:00:00:00:16', 0x86dd, Buffer.alloc(60)))).toEqual([]);
});

test('every answer to a full-sized ping fits the wire', () => {
  const [reply] = openNetwork().handleFrame(
    ipFrame({ to: SITE, protocol: 1, payload: echoRequest(Buffer.alloc(1472, 7)) }),
  );
  expect(reply).toHaveLength(1514);
  expect(readIpFrame(reply ?? expect.fail('silent')).payload).toHaveLength(1480);
});
