import { expect, test } from 'vitest';
import { formatSshAddress, parseSshAddress } from '../../../../server/lab/ssh/ssh-address.ts';

test.each([
  ['ssh://root@213.0.113.3', { user: 'root', host: '213.0.113.3', port: 22 }],
  ['ssh://213.0.113.3:2222', { user: 'root', host: '213.0.113.3', port: 2222 }],
  ['ssh://dev@lab.example.com/', { user: 'dev', host: 'lab.example.com', port: 22 }],
  ['ssh://dev@[::1]:22', { user: 'dev', host: '::1', port: 22 }],
])('%s is an address', (text, address) => {
  expect(parseSshAddress(text)).toEqual(address);
});

test.each([
  'ssh://-oProxyCommand=x',
  'ssh://root@-oProxyCommand=x',
  'ssh://-l@host',
  'ssh://root:secret@host',
  'ssh://root@host:0',
  'ssh://root@host:99999',
  'ssh://root@ho st',
  'ssh://root@host;id',
  'ssh://root@host/path',
  'http://root@host',
  '',
])('%s is refused', (text) => {
  expect(parseSshAddress(text)).toBeUndefined();
});

test('people see the port only when it is not 22', () => {
  expect(formatSshAddress({ user: 'root', host: 'h', port: 22 })).toBe('root@h');
  expect(formatSshAddress({ user: 'root', host: 'h', port: 2222 })).toBe('root@h:2222');
});
