import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withLock } from '../../../../server/host/folder-lock.ts';
import { parseStep } from '../../../../server/lab/guest/build-image.ts';
import { hashRecipe, prepareImage, removeOldImages } from '../../../../server/lab/guest/image.ts';
import type { Fault } from '../../../../src/faults.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'image-'));
  mkdirSync(join(folder, 'lab/hooks'), { recursive: true });
  writeFileSync(join(folder, 'lab/hooks/a.sh'), 'a');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const signal = new AbortController().signal;
const options = () => ({ cacheFolder: join(folder, 'data'), labFolder: join(folder, 'lab') });
const waiting = { signal, onProgress: () => {} };
function writeRecipe(body: string): void {
  writeFileSync(join(folder, 'lab/build.sh'), `#!/bin/bash\n${body}\n`);
  chmodSync(join(folder, 'lab/build.sh'), 0o755);
}
const good = (log: string) =>
  `echo "@step 1/2 First|처음"; echo noise; echo "@step 2/2 Last|끝"; sleep 0.3; echo built >>${log}; mkdir "$1"; touch "$1"/{disk.qcow2,vmlinuz,initrd}; echo '{"append":"a b","versions":{"docker":"20"}}' >"$1/manifest.json"`;

test('the recipe is run once, with its progress in both languages, and its image kept', async () => {
  writeRecipe(good(join(folder, 'log')));
  const labels: string[] = [];
  const onProgress = ({ label, fraction }: { label: { ko: string; en: string }; fraction: number }) =>
    void labels.push(`${label.en}/${label.ko} ${fraction}`);
  const image = await prepareImage(options(), { signal, onProgress });
  expect(labels).toEqual(['First/처음 0', 'Last/끝 0.5']);
  expect(image).toMatchObject({ append: 'a b', versions: { docker: '20' } });
  expect(await prepareImage(options(), waiting)).toEqual(image);
  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('built\n');
});

test('an image that can be booted with SELinux says how; others have no such word', async () => {
  writeRecipe(good(join(folder, 'log')));
  expect(await prepareImage(options(), waiting)).not.toHaveProperty('appendSelinux');
  writeRecipe(good(join(folder, 'log')).replace('"append":"a b"', '"append":"a b","appendSelinux":"a b selinux"'));
  expect(await prepareImage(options(), waiting)).toMatchObject({ append: 'a b', appendSelinux: 'a b selinux' });
});

test('two that want it at once build it once', async () => {
  writeRecipe(good(join(folder, 'log')));
  const [one, two] = await Promise.all([prepareImage(options(), waiting), prepareImage(options(), waiting)]);
  expect(one).toEqual(two);
  expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('built\n');
});

test('a recipe that fails gives its own sentence in both languages', async () => {
  writeRecipe(
    'echo detail >&2; echo "@fail No mirror: check the network.|미러가 없어요. 네트워크를 확인해 주세요." >&2; exit 1',
  );
  await expect(prepareImage(options(), waiting)).rejects.toMatchObject({
    code: 'lab-image-failed',
    sentence: {
      ko: '실습용 이미지를 만들지 못했어요. 미러가 없어요. 네트워크를 확인해 주세요.',
      en: 'The lab image could not be built. No mirror: check the network.',
    },
  });
});

test('a recipe that ends without a sentence gives its last words, and says where more of them are', async () => {
  writeRecipe('echo "line 3: foo: command not found" >&2; exit 1');
  const failed = await prepareImage(options(), waiting).catch((thrown: unknown) => thrown);
  const { sentence } = failed as Fault;
  expect(sentence.ko).toMatch(/\.partial\/build\.log 에 있어요\. \(line 3: foo: command not found\)$/);
  expect(sentence.en).toMatch(/^The lab image could not be built\. The details are in .*build\.log\. \(line 3: /);
});

test('a folder that was named and is no whole image is said so, with what it lacks', async () => {
  const imageFolder = join(folder, 'given');
  const wrong = () => prepareImage({ ...options(), imageFolder }, waiting).catch((thrown: unknown) => thrown);
  expect(await wrong()).toMatchObject({
    code: 'lab-image-wrong',
    details: { path: imageFolder, missing: 'manifest.json' },
  });
  mkdirSync(imageFolder);
  writeFileSync(join(imageFolder, 'manifest.json'), '{"append":"a"}');
  for (const name of ['disk.qcow2', 'vmlinuz', 'initrd']) {
    expect(await wrong()).toMatchObject({ code: 'lab-image-wrong', details: { missing: name } });
    writeFileSync(join(imageFolder, name), '');
  }
  expect(await wrong()).toMatchObject({ append: 'a' });
});

test('giving up ends the recipe and everything it started', async () => {
  writeRecipe(`(while :; do touch ${folder}/alive; sleep 0.05; done) & sleep 600`);
  const abort = new AbortController();
  const building = prepareImage(options(), { ...waiting, signal: abort.signal });
  await expect.poll(() => existsSync(join(folder, 'alive')), { timeout: 10_000 }).toBe(true);
  abort.abort(new Error('given up'));
  await expect(building).rejects.toThrow('given up');
  rmSync(join(folder, 'alive'));
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(existsSync(join(folder, 'alive'))).toBe(false);
});

test("the recipe's name changes with its files and their names, not with its prose", async () => {
  writeRecipe('true');
  const lab = join(folder, 'lab');
  const first = await hashRecipe(lab);
  writeFileSync(join(lab, 'README.md'), 'prose');
  expect(await hashRecipe(lab)).toBe(first);
  writeFileSync(join(lab, 'hooks/a.sh'), 'b');
  const second = await hashRecipe(lab);
  writeFileSync(join(lab, 'hooks/b.sh'), 'b');
  const third = await hashRecipe(lab);
  expect(new Set([first, second, third]).size).toBe(3);
});

test('old images go, the ones in use stay', async () => {
  const images = join(folder, 'data/images');
  for (const name of ['old', 'used']) mkdirSync(join(images, name), { recursive: true });
  await removeOldImages(join(folder, 'data'), new Set(['used']));
  expect(readdirSync(images)).toEqual(['used']);
});

test('only whole progress lines are progress', () => {
  expect(parseStep('@step 3/6 Writing|쓰는 중')).toEqual({ label: { en: 'Writing', ko: '쓰는 중' }, fraction: 2 / 6 });
  expect([parseStep('step 3/6 a|b'), parseStep('@step 3/6 a'), parseStep('@step x/6 a|b')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test('a lock whose holder has died is taken over', async () => {
  const lock = join(folder, '.lock');
  writeFileSync(lock, JSON.stringify({ pid: 1, birth: 'another-boot/1' }));
  expect(await withLock(lock, signal, async () => 'done')).toBe('done');
  expect(existsSync(lock)).toBe(false);
});
