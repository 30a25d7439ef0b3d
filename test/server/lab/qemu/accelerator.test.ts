import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { chooseAccelerator } from '../../../../server/lab/qemu/accelerator.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A host whose QEMU is a script, which can become another one; the device is a plain file that can be opened. */
async function host(script: string) {
  const cacheFolder = await mkdtemp(join(tmpdir(), 'tadak-accelerator-'));
  folders.push(cacheFolder);
  const program = join(cacheFolder, 'qemu');
  const become = (other: string) => writeFile(program, `#!/bin/sh\n${other}\n`, { mode: 0o755 });
  await become(script);
  const kernel = join(cacheFolder, 'kernel');
  await writeFile(kernel, '');
  const device = join(cacheFolder, 'kvm');
  await writeFile(device, '');
  const said: unknown[] = [];
  const { signal } = new AbortController();
  const log = (_message: string, details?: object) => void said.push(details);
  const options = { host: { program, version: '9' }, kernel, cacheFolder, signal, log, device };
  return { options, said, become };
}

test('a device that runs a guest is used, and is tried once', async () => {
  const { options, become } = await host('exit 0');
  expect(await chooseAccelerator(options)).toBe('kvm');
  await become('exit 1');
  expect(await chooseAccelerator(options)).toBe('kvm');
});

test('a device that opens and runs no guest is left alone, and the reason is logged', async () => {
  const { options, said, become } = await host('echo failed to set MSR >&2; exit 134');
  expect(await chooseAccelerator(options)).toBe('tcg');
  await become('exit 0');
  expect(await chooseAccelerator(options)).toBe('tcg');
  expect(said).toEqual([{ failure: 'failed to set MSR' }]);
});

test('another QEMU is tried afresh, and a record that cannot be read is no record', async () => {
  const { options, become } = await host('exit 0');
  await chooseAccelerator(options);
  await become('exit 1');
  const other = { ...options, host: { ...options.host, version: '10' } };
  expect(await chooseAccelerator(other)).toBe('tcg');
  await become('exit 0');
  await writeFile(join(options.cacheFolder, 'accelerator.json'), '{');
  expect(await chooseAccelerator(other)).toBe('kvm');
});

test('without a device nothing is tried', async () => {
  const { options } = await host('exit 0');
  expect(await chooseAccelerator({ ...options, device: '/nowhere/kvm' })).toBe('tcg');
  await expect(readFile(join(options.cacheFolder, 'accelerator.json'))).rejects.toThrow();
});

test('a start that is called off ends with its reason', async () => {
  const { options } = await host('exec sleep 60');
  const reason = new Error('called off');
  await expect(chooseAccelerator({ ...options, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
