import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findChecksum } from '../../../../server/lab/cloud/checksums.ts';
import { loadCloudDefinitions, resolveSource } from '../../../../server/lab/cloud/definitions.ts';
import { buildManifest, parseFacts } from '../../../../server/lab/cloud/manifest.ts';
import { buildUserData, collectFiles } from '../../../../server/lab/cloud/seed.ts';
import { hashRecipe } from '../../../../server/lab/guest/image.ts';
import { Fault } from '../../../../src/faults.ts';

const labFolder = new URL('../../../../lab', import.meta.url).pathname;
const hex = 'ab'.repeat(32);
const long = 'cd'.repeat(64);

function codeOf(task: () => unknown): string {
  try {
    task();
    return 'no fault';
  } catch (error) {
    return error instanceof Fault ? error.code : String(error);
  }
}

test('the known images are data: an address, a checksum file of the same site, a package manager', async () => {
  const definitions = await loadCloudDefinitions(labFolder);
  expect(Object.keys(definitions)).toEqual(['rocky-9', 'alma-9', 'centos-stream-9', 'centos-stream-10', 'debian-13']);
  for (const { url, checksums, packageManager, selinux } of Object.values(definitions)) {
    expect(new URL(url).protocol).toBe('https:');
    expect(new URL(checksums).origin).toBe(new URL(url).origin);
    expect(selinux).toBe(packageManager === 'dnf');
  }
});

test('checksums are found in every form in which distributions write them', () => {
  const text = [
    '# image.qcow2: 123 bytes',
    `SHA256 (image.qcow2) = ${hex.toUpperCase()}`,
    `${long}  debian.qcow2`,
    `${hex} *starred.qcow2`,
    `${hex}  ./below.qcow2`,
    'SHA256 (short.qcow2) = abcd',
    'MD5 (md5.qcow2) = 0123456789abcdef0123456789abcdef',
  ].join('\r\n');
  expect(findChecksum(text, 'image.qcow2', 'bsd')).toEqual({ algorithm: 'sha256', hex });
  expect(findChecksum(text, 'debian.qcow2', 'coreutils')).toEqual({ algorithm: 'sha512', hex: long });
  expect(findChecksum(text, 'starred.qcow2', 'either')).toEqual({ algorithm: 'sha256', hex });
  expect(findChecksum(text, 'below.qcow2', 'either')).toEqual({ algorithm: 'sha256', hex });
  for (const file of ['short.qcow2', 'md5.qcow2', 'mage.qcow2', 'absent.qcow2']) {
    expect(findChecksum(text, file, 'either')).toBeUndefined();
  }
  expect(findChecksum(text, 'image.qcow2', 'coreutils')).toBeUndefined();
});

test('an address needs a checksum or a checksum file; names that nobody knows are told with those that are', async () => {
  const definitions = await loadCloudDefinitions(labFolder);
  const url = 'http://127.0.0.1/some%20folder/My image.qcow2';
  expect(codeOf(() => resolveSource(definitions, { from: 'rocky-7' }))).toBe('cloud-unknown-image');
  expect(codeOf(() => resolveSource(definitions, { from: 'file:///etc/passwd' }))).toBe('cloud-unknown-image');
  expect(codeOf(() => resolveSource(definitions, { from: 'toString' }))).toBe('cloud-unknown-image');
  expect(codeOf(() => resolveSource(definitions, { from: url }))).toBe('cloud-no-checksum');
  expect(codeOf(() => resolveSource(definitions, { from: url, sha256: 'abc' }))).toBe('cloud-bad-checksum');
  const source = resolveSource(definitions, { from: url, sha256: hex.toUpperCase() });
  expect(source.expected).toEqual({ checksum: { algorithm: 'sha256', hex } });
  expect(source.name).toMatch(/^[A-Za-z0-9][\w.-]*$/);
  const published = { from: url, sha256: 'http://127.0.0.1/SHA256SUMS' };
  expect(resolveSource(definitions, published).expected).toEqual({ url: published.sha256, format: 'either' });
  expect(resolveSource(definitions, { from: 'debian-13' }).expected).toMatchObject({ format: 'coreutils' });
});

test('the seed lays the guest’s parts in and starts the installation', async () => {
  const files = await collectFiles(labFolder);
  const paths = files.map(({ path }) => path);
  for (const name of ['install', 'packages-apt.txt', 'packages-dnf.txt', 'docker-ce.repo', 'images/build.py']) {
    expect(paths).toContain(name);
  }
  for (const name of ['claim', 'console-loop', 'warm-up']) expect(paths).toContain(`guest/usr/lib/tadak/${name}`);
  expect(paths).toContain('guest/etc/systemd/system/tadak-console.service');
  const data = buildUserData(files, 'dnf');
  expect(data.startsWith('#cloud-config\n')).toBe(true);
  const { write_files: written, runcmd } = JSON.parse(data.slice('#cloud-config\n'.length));
  expect(runcmd[0].slice(-3)).toEqual(['/bin/bash', '/var/lib/tadak-install/install', 'dnf']);
  const install = written.find(({ path }: { path: string }) => path === '/var/lib/tadak-install/install');
  expect(install.permissions).toBe('0755');
  expect(Buffer.from(install.content, 'base64').toString('utf8')).toMatch(/^#!\/bin\/bash\n/);
});

test('a manifest says how the guest is booted; with the Enterprise Linux family SELinux stays on', () => {
  const made = (text: string) =>
    buildManifest({ recipe: 'r', source: {}, facts: parseFacts(text), diskBytes: 1, builtAt: new Date(0) });
  const debian = made('manager=apt\nroot=UUID=1-2\ndebian=13.1\ndocker=26.1\n');
  expect(debian.append).toMatch(/^root=UUID=1-2 rw .*lsm=landlock,yama,bpf$/);
  expect(debian).not.toHaveProperty('appendSelinux');
  const el = made('manager=dnf\nroot=UUID=3-4\nel=9.5\nevil=$(reboot) init=/bin/sh\n');
  expect(el.append).not.toContain('lsm=');
  expect(el.appendSelinux).toBe(el.append);
  expect(el.versions).toMatchObject({ el: '9.5', debian: '' });
  expect(JSON.stringify(el)).not.toContain('reboot');
});

test('what is done to cloud images does not make the built image anew', async () => {
  const copy = mkdtempSync(join(tmpdir(), 'tadak-lab-'));
  cpSync(labFolder, copy, { recursive: true });
  const before = await hashRecipe(copy);
  writeFileSync(`${copy}/cloud/install`, 'another');
  expect(await hashRecipe(copy)).toBe(before);
  writeFileSync(`${copy}/hooks/another.sh`, 'another');
  expect(await hashRecipe(copy)).not.toBe(before);
  rmSync(copy, { recursive: true });
});
