/**
 * The ssh lab against the lab VM's own sshd: passwords typed by a student, root and not root, what the machine offers.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Lab } from '../../../../server/lab/lab.ts';
import { createSshProvider } from '../../../../server/lab/ssh/provider.ts';
import { buildAddresses } from '../../../../src/course/addresses.ts';
import type { LearnerId } from '../../../../src/course/ids.ts';
import { forwardGuestSshd, type GuestSshd } from '../../../support/guest-sshd.ts';
import { watchPty } from '../../../support/pty-screen.ts';
import { createVmProvider, type VmProvider } from '../../../support/vm-provider.ts';

const signal = AbortSignal.timeout(1_800_000);
const quiet = { signal, onProgress: () => {} };
const owner = { learner: 'tester' as LearnerId, server: 'test' };
const spec = { start: 'bare', addresses: buildAddresses('class') };
const integrationFile = fileURLToPath(
  new URL('../../../../lab/guest/usr/lib/tadak/shell-integration.bash', import.meta.url),
);
const waitMs = 90_000;

let machines: VmProvider;
let guest: Lab;
let sshd: GuestSshd;
beforeAll(async () => {
  machines = await createVmProvider();
  await machines.provider.prepare(quiet);
  guest = await machines.provider.provision(spec, owner, quiet);
  const prepared = await guest.exec(
    `echo root:right-password | chpasswd
    id dev >/dev/null 2>&1 || useradd -m -s /bin/bash dev
    echo dev:right-password | chpasswd
    echo 'PermitRootLogin yes' > /etc/ssh/sshd_config.d/00-test.conf
    systemctl reload ssh`,
    { signal, timeoutMs: 60_000 },
  );
  expect(prepared).toMatchObject({ kind: 'exited', exitCode: 0 });
  sshd = await forwardGuestSshd(guest, machines.dataFolder);
});
afterAll(async () => {
  await sshd?.[Symbol.asyncDispose]();
  await machines?.[Symbol.asyncDispose]();
});

async function openLab(user: string) {
  const address = { user, host: '127.0.0.1', port: sshd.port };
  const provider = createSshProvider({ address, dataFolder: join(machines.dataFolder, user), integrationFile });
  await provider.prepare(quiet);
  const lab = await provider.provision(spec, owner, quiet);
  const pty = await lab.openPty({ cols: 100, rows: 30 }, { signal });
  const screen = watchPty(pty);
  await screen.waitFor(/continue connecting/, waitMs);
  pty.write(Buffer.from('yes\n'));
  await screen.waitFor(/password: /, waitMs);
  return { provider, lab, pty, screen };
}

test('a student types the password; checks then run as root over the same connection, and the machine says what it offers', async () => {
  const { provider, lab, pty, screen } = await openLab('root');
  await using _ended = provider;
  const known = new Promise<void>((resolve) => lab.onChange?.(resolve));
  pty.write(Buffer.from('right-password\n'));
  await screen.waitFor(/\[root@[^\]]*\]# /, waitMs);
  await known;
  expect(await lab.exec('id -u', { signal, timeoutMs: 30_000 })).toMatchObject({ kind: 'exited', stdout: '0\n' });
  expect([...lab.capabilities]).toEqual(
    expect.arrayContaining(['systemd', 'nm', 'firewalld', 'docker', 'hub', 'debian']),
  );
  expect(lab.capabilities.has('selinux')).toBe(false);
});

test('somebody who is neither root nor may use sudo gets a terminal, and checks say why they cannot run', async () => {
  const { provider, lab, pty, screen } = await openLab('dev');
  await using _ended = provider;
  pty.write(Buffer.from('right-password\n'));
  await screen.waitFor(/\$ /, waitMs);
  await expect
    .poll(() => lab.exec('true', { signal, timeoutMs: 30_000 }), { timeout: waitMs })
    .toMatchObject({ kind: 'unreachable', fault: { code: 'ssh-no-root' } });
});
