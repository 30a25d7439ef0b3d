import { expect, test } from 'vitest';
import { buildRemoteScript, buildShellCommand } from '../../../../server/lab/openssh/remote-script.ts';
import {
  buildCommandArguments,
  buildMasterArguments,
  buildTerminalArguments,
} from '../../../../server/lab/openssh/ssh-arguments.ts';

const target = {
  host: '-oProxyCommand=evil',
  user: 'root',
  port: 2222,
  identityFile: '/k/50% key',
  knownHostsFile: '/k/known',
};
const shared = { controlPath: '/run/ctl' };
const all = [
  buildMasterArguments(target, shared, 10),
  buildCommandArguments(target, shared, 'true'),
  buildTerminalArguments(target, shared),
];

test("nothing is read from the user's settings, and a host name is never an option", () => {
  for (const args of all) {
    expect(args.slice(0, 2)).toEqual(['-F', '/dev/null']);
    expect(args[args.indexOf('--') + 1]).toBe(target.host);
  }
});

test('the host key is pinned, nothing is forwarded and no agent is asked', () => {
  const [master = []] = all;
  expect(master).toEqual(
    expect.arrayContaining([
      'StrictHostKeyChecking=yes',
      'GlobalKnownHostsFile=/dev/null',
      'ForwardAgent=no',
      'IdentitiesOnly=yes',
      'IdentityFile="/k/50%% key"',
    ]),
  );
});

test('a session without a kept connection fails instead of making one', () => {
  for (const args of all.slice(1))
    expect(args).toEqual(expect.arrayContaining(['ControlMaster=no', 'ProxyCommand=false']));
});

test('options that are given come first, where ssh takes them from', () => {
  const args = buildMasterArguments({ ...target, options: ['StrictHostKeyChecking=accept-new'] }, shared, 10);
  expect(args.indexOf('StrictHostKeyChecking=accept-new')).toBeLessThan(args.indexOf('StrictHostKeyChecking=yes'));
});

test('a script is not on the command line, which any shell reads the same way', () => {
  const remote = buildRemoteScript("echo 'secret'", 'mark');
  const command = buildShellCommand(remote, 'sudo -n bash');
  expect(command).toMatch(/^exec sudo -n bash --norc --noprofile -c '[^']*' tadak mark 13$/);
  expect(command).not.toContain('secret');
});
