/** A real sshd for tests: one process per connection on standard streams, keys of its own, no port. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { SshTarget } from '../../../../server/lab/openssh/ssh-arguments.ts';

const sshdProgram = ['/usr/sbin/sshd', '/usr/bin/sshd'].find((path) => existsSync(path));

export interface OwnSshd extends Disposable {
  readonly folder: string;
  readonly target: SshTarget;
}

export function createOwnSshd(): OwnSshd {
  if (sshdProgram === undefined) throw new Error('This needs a real sshd: install openssh-server.');
  const folder = mkdtempSync(join(tmpdir(), 'sshd-'));
  const file = (name: string) => join(folder, name);
  for (const key of ['host', 'client']) execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file(key)]);
  const hostKey = readFileSync(file('host.pub'), 'utf8');
  writeFileSync(file('known_hosts'), `lab ${hostKey}`);
  const config = [
    `HostKey ${file('host')}`,
    `AuthorizedKeysFile ${file('client.pub')}`,
    'StrictModes no',
    'UsePAM no',
    'PidFile none',
    'MaxSessions 64',
    'PermitRootLogin yes',
    // bash then does not read this user's .bashrc, which may do anything.
    'SetEnv SHLVL=2',
  ];
  writeFileSync(file('config'), `${config.join('\n')}\n`);
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  return {
    folder,
    target: {
      host: 'lab',
      user: userInfo().username,
      identityFile: file('client'),
      knownHostsFile: file('known_hosts'),
      proxyCommand: `${sshdProgram} -i -e -f ${file('config')} 2>>${file('log')}`,
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
