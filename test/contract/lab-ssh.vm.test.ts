/**
 * Labs that are a machine of the student's, over its own sshd: who uses them accepts the host key and types a password. What an
 * sshd alone shows is in `test/server/lab/ssh/`.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSshProvider, type SshProvider } from '../../server/lab/ssh/provider.ts';
import { type OwnMachine, openOwnMachine } from '../support/own-machine.ts';
import { openTerminal, owner, run, signal, spec, type WatchedPty } from './lab-provider.ts';
import { describeLabProvider } from './lab-suite.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'tadak-ssh-lab-'));
const integrationFile = fileURLToPath(new URL('../../lab/guest/usr/lib/tadak/shell-integration.bash', import.meta.url));
const waitMs = 90_000;

let machine: OwnMachine;
beforeAll(async () => {
  machine = await openOwnMachine(spec, owner);
  const prepared = await run(
    machine.lab,
    `echo root:right-password | chpasswd
    id dev >/dev/null 2>&1 || useradd -m -s /bin/bash dev
    echo dev:right-password | chpasswd
    echo 'PermitRootLogin yes' > /etc/ssh/sshd_config.d/00-test.conf
    systemctl reload ssh`,
  );
  expect(prepared).toMatchObject({ kind: 'exited', exitCode: 0 });
}, 900_000);
afterAll(async () => {
  await machine?.[Symbol.asyncDispose]();
  rmSync(dataFolder, { recursive: true, force: true });
});

function make(user = 'root'): SshProvider {
  const address = { user, host: '127.0.0.1', port: machine.port };
  return createSshProvider({ address, dataFolder: join(dataFolder, user), integrationFile });
}

/** Accepts the host key, which is asked for once, and types the password. */
async function logIn(terminal: WatchedPty): Promise<void> {
  const [asked] = await terminal.waitFor(/continue connecting|password: /, waitMs);
  if (asked.startsWith('continue')) {
    terminal.type('yes');
    await terminal.waitFor(/password: /, waitMs);
  }
  terminal.type('right-password');
  await terminal.waitFor(/[#$] $/, waitMs);
}

describeLabProvider({
  make,
  capabilities: ['systemd', 'nm', 'nat', 'host-only', 'firewalld', 'docker', 'podman', 'dnf', 'hub', 'debian'],
  // A machine of the student's may be a container or a virtual one.
  dependsOnHost: ['cgroups', 'overlay', 'reboot', 'own-kernel'],
  parts: ['target', 'onChange'],
  providerParts: [],
  machine: 'given',
  login: { before: 'ssh-not-connected', type: logIn },
  prepareTimeoutMs: 900_000,
});

test('ended labs leave no record, and the machine no connection', () => {
  expect(readdirSync(join(dataFolder, 'root', 'run', 'ssh'))).toHaveLength(1);
});

test('who is neither root nor may use sudo has a terminal, and checks say so; once sudo is allowed they run, and it is known what the machine offers', async () => {
  await using provider = make('dev');
  await provider.prepare({ signal, onProgress: () => {} });
  const lab = await provider.provision(spec, owner, { signal, onProgress: () => {} });
  const terminal = await openTerminal(lab);
  await logIn(terminal);
  terminal.type('echo "I am $(id -un)"');
  await terminal.waitFor(/\nI am dev/);
  const answer = { kind: 'unreachable', fault: { code: 'ssh-no-root' } };
  await expect.poll(() => run(lab, 'true'), { timeout: waitMs }).toMatchObject(answer);
  await run(machine.lab, `echo 'dev ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/dev`);
  expect(await run(lab, 'id -u')).toMatchObject({ kind: 'exited', stdout: '0\n' });
  expect([...lab.capabilities]).toEqual(expect.arrayContaining(['systemd', 'firewalld', 'docker', 'debian']));
  expect(lab.capabilities.has('selinux')).toBe(false);
});
