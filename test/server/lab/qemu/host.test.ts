import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installLineFor } from '../../../../server/host/install-line.ts';
import { findQemuHost } from '../../../../server/lab/qemu/host.ts';

const packages = ['qemu-system-x86', 'qemu-utils', 'openssh-client', 'socat'];

test('what is missing is installed by the machine’s own package manager and names', () => {
  expect(installLineFor(packages, 'ID=debian\n')).toBe(
    'sudo apt-get update && sudo apt-get install -y --no-install-recommends qemu-system-x86 qemu-utils openssh-client socat',
  );
  expect(installLineFor(packages, 'ID="rocky"\nID_LIKE="rhel centos fedora"\n')).toBe(
    'sudo dnf install -y qemu-kvm qemu-img openssh-clients socat',
  );
  expect(installLineFor(packages, 'ID=arch\n')).toBe('qemu-system-x86, qemu-utils, openssh-client, socat');
});

test('without QEMU the sentence says what to run on this very machine', async () => {
  const nothing = mkdtempSync(join(tmpdir(), 'tadak-no-qemu-'));
  await expect(findQemuHost(nothing)).rejects.toMatchObject({
    code: 'lab-no-qemu',
    sentence: {
      ko: expect.stringContaining(installLineFor(packages)),
      en: expect.stringContaining('qemu-system-x86_64'),
    },
  });
  rmSync(nothing, { recursive: true });
});

test.skipIf(process.getuid?.() !== 0)(
  'root without Perl is told to install it, since QEMU is not started as root',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tadak-no-perl-'));
    for (const name of ['qemu-system-x86_64', 'qemu-img', 'ssh', 'ssh-keygen', 'socat'])
      symlinkSync('/bin/true', join(folder, name));
    await expect(findQemuHost(folder)).rejects.toMatchObject({
      code: 'lab-no-qemu',
      details: { program: 'perl', fix: installLineFor(['perl']) },
    });
    rmSync(folder, { recursive: true });
  },
);
