import { expect, test } from 'vitest';
import { formatIpv4Address, parseIpv4Address, parseSubnet } from '../../../../server/lab/vmnet/address.ts';
import { internetChecksum } from '../../../../server/lab/vmnet/bytes.ts';
import { buildEthernet, parseEthernet } from '../../../../server/lab/vmnet/ethernet.ts';
import { buildIpv4, parseIpv4 } from '../../../../server/lab/vmnet/ipv4.ts';
import { buildUdp, parseUdp } from '../../../../server/lab/vmnet/udp.ts';
import { ethernet, ip, ipPacket, pseudoHeader, referenceChecksum, udpDatagram } from './guest.ts';

test('the checksum is that of the worked example in RFC 1071', () => {
  expect(internetChecksum([Buffer.from('0001f203f4f5f6f7', 'hex')])).toBe(~0xddf2 & 0xffff);
});

test('the checksum of an odd number of bytes counts the last one as the high half', () => {
  for (const text of ['', 'a', 'abc', 'abcd', 'xxxxxxxxxyz']) {
    expect(internetChecksum([Buffer.from(text)]), text).toBe(referenceChecksum(Buffer.from(text)));
  }
});

test('an IPv4 header from the wire is read, and written back the same', () => {
  const header = Buffer.from('450000730000400040 11b861c0a80001c0a800c7'.replace(' ', ''), 'hex');
  const packet = parseIpv4(Buffer.concat([header, Buffer.alloc(95)]));
  expect(packet).toMatchObject({
    source: 0xc0a80001,
    destination: 0xc0a800c7,
    protocol: 17,
    ttl: 64,
    isFragment: false,
  });
  expect(Buffer.from(buildIpv4(packet ?? expect.fail('not read'))).subarray(0, 20)).toEqual(header);
});

test('the padding of a short frame is not part of the packet', () => {
  const packet = ipPacket({ to: '213.0.113.2', protocol: 1, payload: Buffer.from('four') });
  expect(parseIpv4(Buffer.concat([packet, Buffer.alloc(22)]))?.payload).toEqual(Buffer.from('four'));
});

test('a packet with a wrong checksum, version or length is dropped', () => {
  const good = ipPacket({ to: '213.0.113.2', protocol: 1, payload: Buffer.alloc(8) });
  expect(parseIpv4(good)).toBeDefined();
  for (const [offset, value] of [
    [8, 63],
    [0, 0x65],
    [0, 0x44],
    [0, 0x4f],
    [3, 200],
    [3, 10],
  ] as const) {
    const bad = Buffer.from(good);
    bad[offset] = value;
    if (offset !== 8) bad.writeUInt16BE(0, 10);
    if (offset !== 8) bad.writeUInt16BE(referenceChecksum(bad.subarray(0, 20)), 10);
    expect(parseIpv4(bad), `byte ${offset} = ${value}`).toBeUndefined();
  }
});

test('a packet with "more fragments" or an offset is known as a fragment', () => {
  for (const flags of [0x2000, 0x0001, 0x2005]) {
    expect(parseIpv4(ipPacket({ to: '213.0.113.2', protocol: 1, payload: Buffer.alloc(8), flags }))?.isFragment).toBe(
      true,
    );
  }
});

test('a frame is padded to 60 bytes; runts, giants and group senders are dropped', () => {
  const frame = ethernet('02:00:00:00:00:01', 0x0806, Buffer.from('x'));
  const parsed = parseEthernet(frame) ?? expect.fail('not read');
  expect(buildEthernet(parsed)).toHaveLength(60);
  expect(parseEthernet(frame.subarray(0, 13))).toBeUndefined();
  expect(parseEthernet(Buffer.concat([frame, Buffer.alloc(1600)]))).toBeUndefined();
  frame[6] = 0x53;
  expect(parseEthernet(frame)).toBeUndefined();
});

test('a datagram is read and written with a checksum that adds up; none at all is taken too', () => {
  const path = { source: ip('213.0.113.3').readUInt32BE(), destination: ip('213.0.113.2').readUInt32BE() };
  const hand = udpDatagram({ to: '213.0.113.2', ports: [4000, 53], data: Buffer.from('odd') });
  expect(parseUdp(path, hand)).toMatchObject({ sourcePort: 4000, destinationPort: 53 });
  const built = Buffer.from(buildUdp(path, { sourcePort: 4000, destinationPort: 53, payload: Buffer.from('odd') }));
  expect(built).toEqual(hand);
  expect(referenceChecksum(Buffer.concat([pseudoHeader('213.0.113.3', '213.0.113.2', 17, built.length), built]))).toBe(
    0,
  );
  hand[8] = 0;
  expect(parseUdp(path, hand)).toBeUndefined();
  hand.writeUInt16BE(0, 6);
  expect(parseUdp(path, hand)).toBeDefined();
  hand.writeUInt16BE(100, 4);
  expect(parseUdp(path, hand)).toBeUndefined();
});

test('a datagram whose checksum comes out as 0 carries 0xffff, since 0 would mean "none"', () => {
  const path = { source: 1, destination: 2 };
  const fields = Array.from({ length: 0x10000 }, (_, word) => {
    const payload = Buffer.from([word >>> 8, word & 255]);
    return Buffer.from(buildUdp(path, { sourcePort: 3, destinationPort: 4, payload })).readUInt16BE(6);
  });
  expect(fields).not.toContain(0);
  expect(fields).toContain(0xffff);
});

test('addresses and subnets are read strictly', () => {
  expect(formatIpv4Address(parseIpv4Address('213.0.113.254') ?? 0)).toBe('213.0.113.254');
  for (const bad of ['', '1.2.3', '1.2.3.4.5', '256.1.1.1', '01.2.3.4', '1.2.3.x', ' 1.2.3.4']) {
    expect(parseIpv4Address(bad), bad).toBeUndefined();
  }
  expect(parseSubnet('213.0.113.0/24')).toMatchObject({ mask: 0xffffff00, broadcast: 0xd50071ff });
  expect(parseSubnet('10.0.0.0/8')).toMatchObject({ mask: 0xff000000, broadcast: 0x0affffff });
  for (const bad of [
    '213.0.113.0',
    '213.0.113.1/24',
    '213.0.113.0/25',
    '0.0.0.0/0',
    '213.0.113.0/24/1',
    '213.0.113.0/x',
  ]) {
    expect(parseSubnet(bad), bad).toBeUndefined();
  }
});
