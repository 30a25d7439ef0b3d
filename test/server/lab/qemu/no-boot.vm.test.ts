import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadImage, prepareImage } from '../../../../server/lab/guest/image.ts';
import { createQemuProvider } from '../../../../server/lab/qemu/index.ts';
import type { Fault } from '../../../../src/faults.ts';
import { cacheFolder } from '../../../support/vm-cache.ts';

const labFolder = fileURLToPath(new URL('../../../../lab', import.meta.url));
const { signal } = new AbortController();
const waiting = { signal, onProgress: () => {} };

/** An image whose kernel starts and finds nothing to go on with. */
async function imageThatStops(folder: string): Promise<void> {
  const whole = await prepareImage({ cacheFolder, labFolder }, waiting);
  const { append, versions } = whole;
  await copyFile(whole.kernel, join(folder, 'vmlinuz'));
  await copyFile(whole.disk, join(folder, 'disk.qcow2'));
  await writeFile(join(folder, 'initrd'), 'nothing to boot from');
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ append, versions }));
  await loadImage(folder);
}

test('a VM that does not come up is one sentence with its deadline and where its last words are, and nothing stays', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'tadak-no-boot-'));
  const imageFolder = await mkdtemp(join(tmpdir(), 'tadak-image-'));
  await imageThatStops(imageFolder);
  const made = { dataFolder, labFolder, imageFolder, bootTimeoutSeconds: 8, allowInternet: false, log: () => {} };
  await using provider = createQemuProvider(made);
  const fault = (await provider.prepare(waiting).catch((error: unknown) => error)) as Fault;
  expect(fault).toMatchObject({ code: 'lab-start-timeout' });
  const log = join(dataFolder, 'templates', '.last-failure.log');
  expect(fault.sentence.en).toContain(`within 8 seconds`);
  expect(fault.sentence.en).toContain(log);
  expect(await readFile(log, 'utf8')).toContain('--- serial console ---');
  expect(await readdir(join(dataFolder, 'templates'))).toEqual(['.last-failure.log']);
  await rm(dataFolder, { recursive: true });
  await rm(imageFolder, { recursive: true });
});
