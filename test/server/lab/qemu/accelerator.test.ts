import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { chooseAccelerator } from '../../../../server/lab/qemu/accelerator.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A host whose QEMU is a script; the device is a plain file that can be opened. */
async function host(script: string) {
  const cacheFolder = await mkdtemp(join(tmpdir(), 'tadak-accelerator-'));
  folders.push(cacheFolder);
  const program = join(cacheFolder, 'qemu');
  await writeFile(program, `#!/bin/sh\necho asked >> ${cacheFolder}/asked\n${script}\n`, { mode: 0o755 });
  const device = join(cacheFolder, 'kvm');
  await writeFile(device, '');
  const said: unknown[] = [];
  const { signal } = new AbortController();
  const log = (_message: string, details?: object) => void said.push(details);
  const options = { host: { program, version: '9' }, kernel: '/k', cacheFolder, signal, log, device };
  const asked = async () => (await readFile(join(cacheFolder, 'asked'), 'utf8').catch(() => '')).split('\n').length - 1;
  return { options, said, asked };
}

test('a device that runs a guest is used, and is tried once', async () => {
  const { options, asked } = await host('exit 0');
  expect(await chooseAccelerator(options)).toBe('kvm');
  expect(await chooseAccelerator(options)).toBe('kvm');
  expect(await asked()).toBe(1);
});

test('a device that opens and runs no guest is left alone, and the reason is logged', async () => {
  const { options, said, asked } = await host('echo failed to set MSR >&2; exit 134');
  expect(await chooseAccelerator(options)).toBe('tcg');
  expect(await chooseAccelerator(options)).toBe('tcg');
  expect(await asked()).toBe(1);
  expect(said).toEqual([{ failure: 'failed to set MSR' }]);
});

test('another QEMU is tried afresh, and a record that cannot be read is no record', async () => {
  const { options, asked } = await host('exit 0');
  await chooseAccelerator(options);
  await chooseAccelerator({ ...options, host: { ...options.host, version: '10' } });
  await writeFile(join(options.cacheFolder, 'accelerator.json'), '{');
  await chooseAccelerator(options);
  expect(await asked()).toBe(3);
});

test('without a device nothing is tried', async () => {
  const { options, asked } = await host('exit 0');
  expect(await chooseAccelerator({ ...options, device: '/nowhere/kvm' })).toBe('tcg');
  expect(await asked()).toBe(0);
});

test('a start that is called off ends with its reason', async () => {
  const { options } = await host('exec sleep 60');
  const reason = new Error('called off');
  await expect(chooseAccelerator({ ...options, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
