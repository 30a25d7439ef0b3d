import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const module = new URL('../../../server/setup/install-packages.mjs', import.meta.url).href;
const isDebian = /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));

/** Runs installPackages on a PATH where apt-get only writes down how it was called. */
function installOn(options: { sudo: boolean; asRoot: boolean; wanted: readonly object[] }) {
  const folder = mkdtempSync(join(tmpdir(), 'tadak-apt-'));
  const record = join(folder, 'record');
  const program = (name: string, text: string) => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  };
  program('apt-get', `echo "$DEBIAN_FRONTEND apt-get $*" >> ${record}`);
  program('dpkg-query', 'exit 1');
  program('sudo', options.sudo ? 'shift; exec "$@"' : 'exit 1');
  for (const name of ['env', 'true']) symlinkSync(`/usr/bin/${name}`, join(folder, name));
  const script = `
    import { installPackages } from ${JSON.stringify(module)};
    process.getuid = () => ${options.asRoot ? 0 : 1000};
    const ok = installPackages(${JSON.stringify(options.wanted)}, { language: 'en', say: (line) => console.log(line) });
    console.log('ok=' + ok);`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    ...{ encoding: 'utf8', env: { PATH: folder } },
  });
  const calls = readRecord(record);
  rmSync(folder, { recursive: true });
  return { said: run.stdout + run.stderr, calls };
}
function readRecord(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
const wanted = [
  { name: 'tadak-test-one', why: 'qemu', optional: false },
  { name: 'tadak-test-two', why: 'test', optional: true },
];

test.runIf(isDebian)('root installs what is missing, says why, and is not asked anything', () => {
  const { said, calls } = installOn({ sudo: false, asRoot: true, wanted });
  expect(said).toContain('tadak-test-one tadak-test-two');
  expect(said).toContain('to run lab VMs');
  expect(said).toContain('ok=true');
  expect(calls).toContain('noninteractive apt-get install -y -q --no-install-recommends tadak-test-one\n');
  expect(calls).toContain('noninteractive apt-get install -y -q --no-install-recommends tadak-test-two\n');
});

test.runIf(isDebian)('with password-less sudo it does the same', () => {
  const { said, calls } = installOn({ sudo: true, asRoot: false, wanted });
  expect(said).toContain('ok=true');
  expect(calls).toContain('noninteractive apt-get install -y -q --no-install-recommends tadak-test-one\n');
});

test.runIf(isDebian)('without rights it gives one line to run and the way around QEMU', () => {
  const { said, calls } = installOn({ sudo: false, asRoot: false, wanted });
  expect(said).toContain('sudo apt-get install -y --no-install-recommends tadak-test-one tadak-test-two');
  expect(said).toContain('--lab local');
  expect(said).toContain('ok=false');
  expect(calls).toBe('');
});

test.runIf(isDebian)('missing extras alone do not stop anything', () => {
  const { said } = installOn({ sudo: false, asRoot: false, wanted: wanted.slice(1) });
  expect(said).toContain('ok=true');
});
