import { expect, test } from 'vitest';
import { createOriginGuard } from '../../../server/http/origin-guard.ts';

const accepts = (host: string, names: readonly string[]) => {
  const guard = createOriginGuard({ host, machineName: 'Laptop', allowOrigins: [] });
  return names.filter((name) => {
    try {
      guard.requireOwnHost({ host: name });
      return true;
    } catch {
      return false;
    }
  });
};
const names = ['localhost', '192.168.0.7:4321', '[fe80::1]:4321', 'laptop:4321', 'laptop.local', 'evil.example'];

test('a server for this machine alone answers to its own names', () => {
  expect(accepts('127.0.0.1', names)).toEqual(['localhost']);
});

test('a server for the whole network also answers to addresses and to the machine’s name', () => {
  expect(accepts('0.0.0.0', names)).toEqual(names.slice(0, 5));
});

test('a server for one address answers to it', () => {
  expect(accepts('192.168.0.7', ['192.168.0.7:4321', 'evil.example'])).toEqual(['192.168.0.7:4321']);
});
