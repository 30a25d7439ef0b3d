import { expect, test } from 'vitest';
import type { Network } from '../../../../server/lab/vmnet/network.ts';
import { EVERYBODY_MAC, GUEST_MAC, ip, ipText, mac, openNetwork, readIpFrame, stationMac, udpFrame } from './guest.ts';

const DISCOVER = 1;
const OFFER = 2;
const REQUEST = 3;
const DECLINE = 4;
const ACK = 5;
const NAK = 6;
const RELEASE = 7;
const INFORM = 8;
const OTHER_MAC = '52:54:00:00:00:44';
const ALL_PARAMETERS = Buffer.from([1, 3, 6, 15, 28, 51]);

interface Said {
  readonly type: number;
  readonly client?: string;
  readonly inUse?: string;
  readonly wanted?: string;
  readonly server?: string;
  readonly isBroadcast?: boolean;
  readonly parameters?: Buffer;
}

interface Heard {
  readonly type: number;
  readonly address: string;
  readonly options: ReadonlyMap<number, Buffer>;
  readonly to: string;
  readonly toMac: string;
}

function say(network: Network, said: Said): Heard | undefined {
  const data = message(said);
  const isUnicast = said.inUse !== undefined && said.server !== undefined;
  const frame = isUnicast
    ? udpFrame({ from: said.inUse, to: said.server, ports: [68, 67], data, via: stationMac(said.server) })
    : udpFrame({ from: said.inUse ?? '0.0.0.0', to: '255.255.255.255', ports: [68, 67], data, via: EVERYBODY_MAC });
  const [reply] = network.handleFrame(frame);
  return reply === undefined ? undefined : hear(reply);
}

function message({ type, client = GUEST_MAC, inUse = '0.0.0.0', isBroadcast = false, ...rest }: Said): Buffer {
  const fixed = Buffer.alloc(240);
  fixed.set([1, 1, 6, 0, 0xca, 0xfe, 0xba, 0xbe, 0, 0, isBroadcast ? 0x80 : 0, 0]);
  fixed.set(ip(inUse), 12);
  fixed.set(mac(client), 28);
  fixed.writeUInt32BE(0x63825363, 236);
  const option = (code: number, value: Buffer): Buffer => Buffer.concat([Buffer.from([code, value.length]), value]);
  const isRenewal = inUse !== '0.0.0.0';
  return Buffer.concat([
    fixed,
    option(53, Buffer.from([type])),
    Buffer.from([0, 0]),
    option(61, Buffer.concat([Buffer.from([1]), mac(client)])),
    ...(rest.wanted === undefined ? [] : [option(50, ip(rest.wanted))]),
    ...(rest.server === undefined || isRenewal ? [] : [option(54, ip(rest.server))]),
    ...(rest.parameters === undefined ? [] : [option(55, rest.parameters)]),
    Buffer.from([255]),
  ]);
}

function hear(reply: Uint8Array): Heard {
  const frame = readIpFrame(reply);
  const body = frame.payload.subarray(8);
  expect(frame.payload.readUInt16BE(0)).toBe(67);
  expect(frame.payload.readUInt16BE(2)).toBe(68);
  expect(body.readUInt32BE(4)).toBe(0xcafebabe);
  expect(body.length).toBeGreaterThanOrEqual(300);
  const options = new Map<number, Buffer>();
  for (let offset = 240; body[offset] !== 255; ) {
    const length = body[offset + 1] ?? 0;
    options.set(body[offset] ?? 0, body.subarray(offset + 2, offset + 2 + length));
    offset += 2 + length;
  }
  return {
    type: options.get(53)?.[0] ?? 0,
    address: ipText(body.subarray(16, 20)),
    options,
    to: frame.to,
    toMac: frame.toMac,
  };
}

const addressIn = (heard: Heard | undefined, code: number): string =>
  ipText(heard?.options.get(code) ?? Buffer.alloc(0));

test('the first guest gets .128 with router, DNS and mask, and keeps it', () => {
  const network = openNetwork();
  const offer = say(network, { type: DISCOVER, parameters: ALL_PARAMETERS });
  expect(offer).toMatchObject({ type: OFFER, address: '213.0.113.128', to: '213.0.113.128', toMac: GUEST_MAC });
  expect(addressIn(offer, 54)).toBe('213.0.113.254');
  const ack = say(network, {
    type: REQUEST,
    wanted: '213.0.113.128',
    server: '213.0.113.254',
    parameters: ALL_PARAMETERS,
  });
  expect(ack).toMatchObject({ type: ACK, address: '213.0.113.128' });
  expect([addressIn(ack, 1), addressIn(ack, 3), addressIn(ack, 6), addressIn(ack, 28)]).toEqual([
    '255.255.255.0',
    '213.0.113.2',
    '213.0.113.2',
    '213.0.113.255',
  ]);
  expect(ack?.options.get(51)?.readUInt32BE()).toBe(1800);
  expect(say(network, { type: DISCOVER })?.address).toBe('213.0.113.128');
});

test('a second guest gets the next address', () => {
  const network = openNetwork();
  say(network, { type: DISCOVER });
  expect(say(network, { type: DISCOVER, client: OTHER_MAC })?.address).toBe('213.0.113.129');
});

test('a guest that asks for broadcast is answered by broadcast, another by its new address', () => {
  const heard = say(openNetwork(), { type: DISCOVER, isBroadcast: true });
  expect(heard).toMatchObject({ to: '255.255.255.255', toMac: EVERYBODY_MAC });
});

test('only what the guest asked for is given; without a list, everything', () => {
  const network = openNetwork();
  expect([...(say(network, { type: DISCOVER, parameters: Buffer.from([1]) })?.options.keys() ?? [])].sort()).toEqual([
    1, 51, 53, 54,
  ]);
  expect([...(say(network, { type: DISCOVER })?.options.keys() ?? [])]).toEqual(expect.arrayContaining([1, 3, 6, 28]));
});

test('a host-only network gives an address but neither router nor DNS', () => {
  const network = openNetwork({ kind: 'host-only', subnet: '192.168.114.0/24' });
  const offer = say(network, { type: DISCOVER, parameters: ALL_PARAMETERS });
  expect(offer?.address).toBe('192.168.114.128');
  expect([offer?.options.has(3), offer?.options.has(6), offer?.options.has(1)]).toEqual([false, false, true]);
});

test('a guest that comes back with a lease of an earlier network may keep it; a foreign or taken address is refused', () => {
  const network = openNetwork();
  expect(say(network, { type: REQUEST, wanted: '213.0.113.140' })).toMatchObject({
    type: ACK,
    address: '213.0.113.140',
  });
  for (const wanted of ['192.168.1.5', '213.0.113.3', '213.0.113.2', '213.0.113.254']) {
    expect(say(network, { type: REQUEST, wanted }), wanted).toMatchObject({
      type: NAK,
      address: '0.0.0.0',
      to: '255.255.255.255',
    });
  }
  expect(say(network, { type: REQUEST, client: OTHER_MAC, wanted: '213.0.113.140' })?.type).toBe(NAK);
});

test('a renewal to the server itself is answered to the address in use', () => {
  const network = openNetwork();
  const heard = say(network, { type: REQUEST, inUse: '213.0.113.128', server: '213.0.113.254' });
  expect(heard).toMatchObject({ type: ACK, address: '213.0.113.128', to: '213.0.113.128', toMac: GUEST_MAC });
});

test('a request to another server is left to that server', () => {
  expect(say(openNetwork(), { type: REQUEST, wanted: '213.0.113.128', server: '213.0.113.9' })).toBeUndefined();
});

test('a guest with a fixed address may ask for the rest', () => {
  const heard = say(openNetwork(), { type: INFORM, inUse: '213.0.113.3', parameters: ALL_PARAMETERS });
  expect(heard).toMatchObject({ type: ACK, address: '0.0.0.0', to: '213.0.113.3' });
  expect([addressIn(heard, 6), heard?.options.has(51)]).toEqual(['213.0.113.2', false]);
});

test('a released address is free again, a declined one is passed over', () => {
  const network = openNetwork();
  say(network, { type: DISCOVER });
  expect(say(network, { type: RELEASE, inUse: '213.0.113.128' })).toBeUndefined();
  expect(say(network, { type: DISCOVER, client: OTHER_MAC })?.address).toBe('213.0.113.128');
  expect(say(network, { type: DECLINE, client: OTHER_MAC, wanted: '213.0.113.128' })).toBeUndefined();
  expect(say(network, { type: DISCOVER, client: OTHER_MAC })?.address).toBe('213.0.113.129');
});

test('a guest that pretends to be thousands gets old addresses again, and never one outside the pool', () => {
  const network = openNetwork();
  const seen = new Set<string>();
  for (let index = 0; index < 2000; index += 1) {
    const client = `52:54:00:01:${(index >> 8).toString(16).padStart(2, '0')}:${(index & 255).toString(16).padStart(2, '0')}`;
    if (index % 7 === 0) say(network, { type: DECLINE, client });
    seen.add(say(network, { type: DISCOVER, client })?.address ?? 'none');
  }
  expect(seen.size).toBe(126);
  expect(seen.has('213.0.113.128') && seen.has('213.0.113.253')).toBe(true);
});
