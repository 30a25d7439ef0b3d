import { expect, test } from 'vitest';
import { isDeclinedHostKey, readComplaint } from '../../../../server/lab/ssh/login-complaint.ts';

const address = { user: 'root', host: '213.0.113.3', port: 22 };

test.each([
  ['ready> Shared connection to 213.0.113.3 closed.\r\r\n', 'ssh-lost'],
  ['Connection to 213.0.113.3 closed by remote host.\r\nConnection to 213.0.113.3 closed.\r\n', 'ssh-lost'],
  ['client_loop: send disconnect: Broken pipe\r\n', 'ssh-lost'],
  ['Permission denied, please try again.\r\nroot@213.0.113.3: Permission denied (password).\r\n', 'ssh-auth-failed'],
  ['ssh: connect to host 213.0.113.3 port 22: Connection refused\r\n', 'ssh-refused'],
  ['ssh: connect to host 213.0.113.3 port 22: No route to host\r\n', 'ssh-unreachable'],
  ['@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\r\nHost key verification failed.\r\n', 'ssh-host-key-changed'],
])('%j is %s', (words, code) => {
  expect(readComplaint(words, address)).toMatchObject({ code });
});

test('an ordinary goodbye and a declined host key are no complaints', () => {
  expect(readComplaint('logout\r\nConnection to 213.0.113.3 closed.\r\n', address)).toBeUndefined();
  expect(isDeclinedHostKey('Host key verification failed.\r\n')).toBe(true);
  expect(isDeclinedHostKey('REMOTE HOST IDENTIFICATION HAS CHANGED!\r\nHost key verification failed.')).toBe(false);
});
