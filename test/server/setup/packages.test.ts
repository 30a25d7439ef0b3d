import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { installCommands, installLine, parseDistro } from '../../../server/setup/distro.mjs';
import { matchesLock } from '../../../server/setup/modules.mjs';
import { findMissing, labKindOf, packagesFor, parsePackageList } from '../../../server/setup/packages.mjs';
import { languageOf, say } from '../../../server/setup/words.mjs';

const hostList = ['qemu-system-x86', 'socat', 'openssh-client'];
const namesFor = (verb: string, lab: 'qemu' | 'ssh' | 'local', mustCompile = false) =>
  packagesFor({ verb, lab, hostList, mustCompile }).map(({ name }) => name);

test('a start asks only for the packages of its lab', () => {
  expect(namesFor('start', 'qemu')).toEqual(['openssh-client', 'qemu-system-x86', 'socat']);
  expect(namesFor('start', 'ssh')).toEqual(['openssh-client']);
  expect(namesFor('start', 'local')).toEqual([]);
  expect(namesFor('dev', 'qemu')).toEqual(namesFor('start', 'qemu'));
  // An image from a distribution's is booted, whatever labs are made of.
  expect(namesFor('lab', 'local')).toEqual(hostList);
});

test('a play on both kinds of labs takes containers where it can have them', () => {
  const wanted = packagesFor({ verb: 'play', lab: 'qemu', isMixed: true, hostList, mustCompile: false });
  expect(wanted.filter(({ optional }) => optional).map(({ name }) => name)).toEqual(['podman', 'crun']);
  expect(namesFor('play', 'qemu')).not.toContain('podman');
});

test('compilers are asked for only when the terminal module must be compiled', () => {
  expect(namesFor('start', 'local', true)).toEqual(['make', 'g++', 'python3']);
  expect(namesFor('run', 'qemu', true)).toEqual(['make', 'g++', 'python3']);
  expect(namesFor('run', 'qemu')).toEqual([]);
});

test('tests ask for everything, and their extras are optional', () => {
  const wanted = packagesFor({ verb: 'test', lab: 'qemu', hostList, mustCompile: true });
  expect(wanted.filter(({ optional }) => optional).map(({ name }) => name)).toEqual([
    // Without them the tests of labs in containers are skipped.
    ...['podman', 'crun'],
    ...['chromium', 'fonts-noto-cjk', 'openssh-server', 'shellcheck'],
  ]);
  expect(wanted.filter(({ optional }) => !optional)).toHaveLength(6);
});

test('a package is there when its program is, or when the package database says so', () => {
  const wanted = packagesFor({ verb: 'test', lab: 'qemu', hostList, mustCompile: false });
  const missing = findMissing(wanted, {
    hasProgram: (name: string) => name === 'google-chrome' || name === 'qemu-system-x86_64',
    isInstalled: (name: string) => name === 'fonts-noto-cjk',
    isRoot: false,
  });
  expect(missing.map(({ name }) => name)).toEqual([
    ...['openssh-client', 'socat', 'podman', 'crun', 'openssh-server', 'shellcheck'],
  ]);
});

test('for labs in containers Docker is enough where the server is root, and nowhere else', () => {
  const wanted = packagesFor({ verb: 'start', lab: 'container', hostList: [], mustCompile: false });
  const missing = (isRoot: boolean) =>
    findMissing(wanted, {
      hasProgram: (name: string) => ['ssh', 'docker', 'dockerd', 'runc'].includes(name),
      isInstalled: () => false,
      isRoot,
    }).map(({ name }) => name);
  expect(missing(true)).toEqual([]);
  expect(missing(false)).toEqual(['podman']);
});

test('the kind of lab comes from the option, then the environment, then QEMU', () => {
  expect(labKindOf(['--lab', 'ssh://root@10.0.0.3'], {})).toBe('ssh');
  expect(labKindOf(['--lab=local'], { TADAK_LAB: 'qemu' })).toBe('local');
  expect(labKindOf([], { TADAK_LAB: 'local' })).toBe('local');
  expect(labKindOf(['--port', '1'], {})).toBe('qemu');
});

test('package lists have comments and blank lines', () => {
  expect(parsePackageList('# head\nqemu-system-x86\n\nsocat # for one thing\n')).toEqual(['qemu-system-x86', 'socat']);
  const own = readFileSync(new URL('../../../lab/host-packages.txt', import.meta.url), 'utf8');
  expect(parsePackageList(own)).toContain('qemu-system-x86');
});

test('distributions are told apart by os-release', () => {
  expect(parseDistro('ID=ubuntu\nID_LIKE=debian\nPRETTY_NAME="Ubuntu 26.04 LTS"\n')).toEqual({
    ...{ family: 'debian', name: 'Ubuntu 26.04 LTS' },
  });
  expect(parseDistro('ID="rocky"\nID_LIKE="rhel centos fedora"\n').family).toBe('fedora');
  expect(parseDistro('ID=arch\n')).toEqual({ family: 'other', name: 'arch' });
  expect(parseDistro('').family).toBe('other');
});

test('the line to run is whole and uses the distribution’s own names', () => {
  expect(installLine('debian', ['g++', 'socat'])).toBe(
    'sudo apt-get update && sudo apt-get install -y --no-install-recommends g++ socat',
  );
  expect(installLine('fedora', ['g++', 'openssh-client', 'uidmap'])).toBe(
    'sudo dnf install -y gcc-c++ openssh-clients shadow-utils',
  );
  expect(installCommands('debian', ['socat'])).toHaveLength(2);
});

test('an installation matches the lockfile when every package for this platform has its version', () => {
  const lock = {
    packages: { '': {}, 'node_modules/a': { version: '1' }, 'node_modules/b': { version: '2', optional: true } },
  };
  expect(matchesLock(lock, { packages: { 'node_modules/a': { version: '1' } } })).toBe(true);
  expect(matchesLock(lock, { packages: { 'node_modules/a': { version: '2' } } })).toBe(false);
  expect(matchesLock(lock, { packages: {} })).toBe(false);
  const other = { packages: { 'node_modules/a': { version: '1' }, 'node_modules/b': { version: '3' } } };
  expect(matchesLock(lock, other)).toBe(false);
});

test('the set-up speaks the language of the option, the setting or the shell', () => {
  expect(languageOf(['--lang', 'en'], { LANG: 'ko_KR.UTF-8' })).toBe('en');
  expect(languageOf([], { TADAK_LANG: 'ko', LANG: 'C' })).toBe('ko');
  expect(languageOf([], { LANG: 'ko_KR.UTF-8' })).toBe('ko');
  expect(languageOf([], {})).toBe('en');
  expect(say('ko', 'extra-failed', { package: 'chromium' })).toContain('chromium');
});
