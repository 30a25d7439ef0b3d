import { expect, test } from 'vitest';
import {
  formatIpv4,
  formatNetwork,
  isHostOf,
  isWithin,
  maskOfPrefix,
  networkOf,
  overlap,
  parseIpv4,
  parseNetwork,
  prefixOfMask,
} from '../../src/course/ipv4.ts';

const address = (text: string) => parseIpv4(text) as number;
const network = (text: string) => parseNetwork(text) as NonNullable<ReturnType<typeof parseNetwork>>;

test.for(['0.0.0.0', '10.0.0.1', '192.168.113.254', '255.255.255.255'])('%s is read and written back', (text) => {
  expect(formatIpv4(address(text))).toBe(text);
});

test.for([
  '',
  '1.2.3',
  '1.2.3.4.5',
  '1.2.3.256',
  '01.2.3.4',
  '1.2.3.4/24',
  ' 1.2.3.4',
  '1,2,3,4',
  '-1.2.3.4',
  '1e1.2.3.4',
])('"%s" is no address', (text) => {
  expect(parseIpv4(text)).toBeUndefined();
});

test('every prefix has its mask, and every other mask is none', () => {
  for (let prefix = 0; prefix <= 32; prefix += 1) expect(prefixOfMask(maskOfPrefix(prefix))).toBe(prefix);
  for (const text of ['255.0.255.0', '0.0.0.255', '255.255.255.1', '127.0.0.0']) {
    expect(prefixOfMask(address(text)), text).toBeUndefined();
  }
});

test('a network is its first address; a text with host bits is none', () => {
  expect(formatNetwork(networkOf(address('172.31.255.9'), 12))).toBe('172.16.0.0/12');
  expect(formatNetwork(networkOf(address('255.1.2.3'), 0))).toBe('0.0.0.0/0');
  expect(parseNetwork('192.168.113.1/24')).toBeUndefined();
  expect(parseNetwork('192.168.113.0/33')).toBeUndefined();
  expect(parseNetwork('192.168.113.0')).toBeUndefined();
});

test('networks lie within each other, overlap, or have nothing in common', () => {
  expect(isWithin(network('172.31.0.0/16'), network('172.16.0.0/12'))).toBe(true);
  expect(isWithin(network('172.32.0.0/16'), network('172.16.0.0/12'))).toBe(false);
  expect(isWithin(network('172.0.0.0/8'), network('172.16.0.0/12'))).toBe(false);
  expect(overlap(network('192.168.0.0/16'), network('192.168.1.0/24'))).toBe(true);
  expect(overlap(network('192.168.2.0/24'), network('192.168.1.0/24'))).toBe(false);
});

test('a machine has neither the first nor the last address', () => {
  const subnet = network('10.0.0.0/30');
  const hosts = ['9.255.255.255', '10.0.0.0', '10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'].filter((text) =>
    isHostOf(address(text), subnet),
  );
  expect(hosts).toEqual(['10.0.0.1', '10.0.0.2']);
});
