import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadImage, prepareImage } from '../../../../server/lab/guest/image.ts';
import { createQemuProvider, findQemuHost } from '../../../../server/lab/qemu/index.ts';
import { nameTemplate } from '../../../../server/lab/qemu/template.ts';
import { buildAddresses } from '../../../../src/course/addresses.ts';
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

test('a start keeps the templates of every machine of the course and removes all others', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'tadak-templates-'));
  const imageFolder = join(dataFolder, 'images', 'made-before');
  await mkdir(imageFolder, { recursive: true });
  const appends = { append: 'lsm=yama', appendSelinux: 'lsm=yama,selinux' };
  await writeFile(join(imageFolder, 'manifest.json'), JSON.stringify(appends));
  for (const name of ['vmlinuz', 'initrd', 'disk.qcow2']) await writeFile(join(imageFolder, name), 'never booted');
  const image = await loadImage(imageFolder);
  const { program, version } = await findQemuHost();
  const names = Object.values(appends).map((append) =>
    nameTemplate({
      ...{ image, qemuVersion: version, addresses: buildAddresses('class'), allowInternet: false },
      // No kernel, no hardware virtualisation: it is chosen by trying.
      shape: { program, accelerator: 'tcg', memoryMb: 1024, cpus: 2, append },
    }),
  );
  for (const name of [...names, 'of-an-older-image']) {
    await mkdir(join(dataFolder, 'templates', name), { recursive: true });
    await writeFile(join(dataFolder, 'templates', name, 'template.json'), '{}');
  }
  await using provider = createQemuProvider({
    dataFolder,
    labFolder,
    imageFolder,
    allowInternet: false,
    log: () => {},
  });
  await provider.prepare(waiting);
  expect((await readdir(join(dataFolder, 'templates'))).sort()).toEqual([...names].sort());
  await rm(dataFolder, { recursive: true });
});
