/** The lab's own recipe where this machine cannot build: what it says, in both languages, before it begins. */
import { execFile } from 'node:child_process';
import { accessSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseComplaint } from '../../../../server/lab/guest/build-image.ts';

const recipe = new URL('../../../../lab/build.sh', import.meta.url).pathname;
const tools = ['/usr/bin/apt-get', '/usr/bin/mmdebstrap', '/usr/bin/qemu-img', '/sbin/mke2fs'];
/** Elsewhere the recipe asks for them first; `npm test` installs them where it may. */
const canBuild = tools.every((path) => {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tadak-recipe-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs it after `change`, mounts that nobody else sees: root makes them, anybody else in a namespace of their own. */
async function complaintAfter(change: string): Promise<{ readonly ko: string; readonly en: string }> {
  const namespace = process.getuid?.() === 0 ? '-m' : '-Urm';
  const script = `cd "$1" && ${change} && exec bash "$2" "$1/out"`;
  const stderr = await new Promise<string>((resolve) => {
    execFile('unshare', [namespace, 'sh', '-ec', script, 'sh', folder, recipe], (_error, _stdout, words) =>
      resolve(words),
    );
  });
  return parseComplaint(stderr, 'log');
}

test.skipIf(!canBuild)(
  'tools that are missing come with the command that installs them (needs what builds images)',
  async () => {
    const layers = 'lowerdir=/usr/bin,upperdir=$1/small/upper,workdir=$1/small/work';
    const { ko, en } = await complaintAfter(
      `mkdir small && mount -t tmpfs tmpfs small && mkdir small/upper small/work
      mount -t overlay -o ${layers} overlay /usr/bin && rm /usr/bin/mmdebstrap /usr/bin/qemu-img`,
    );
    const command = 'apt-get install -y --no-install-recommends mmdebstrap qemu-utils';
    expect(ko).toBe(`실습용 이미지를 만드는 도구가 없어요. 설치해 주세요: ${command}`);
    expect(en).toBe(`Tools for building the lab image are missing; install them with: ${command}`);
  },
);

test.skipIf(!canBuild)(
  'too little room is said with the place, and nothing is left (needs what builds images)',
  async () => {
    const { ko, en } = await complaintAfter(
      'mkdir small && mount -t tmpfs -o size=16m tmpfs small && export TMPDIR=$1/small',
    );
    expect(ko).toMatch(
      /\/small 에 자리가 모자라요\(16 MB 남음, 2600 MB 필요\)\. .*TMPDIR 에 다른 폴더를 적어 주세요\.$/,
    );
    expect(en).toMatch(
      /^Not enough space in \S*\/small: 16 MB free, 2600 MB needed; make room or point TMPDIR elsewhere\.$/,
    );
    expect(readdirSync(folder)).toEqual(['small']);
  },
);

test('a folder that cannot be made is said with its name', async () => {
  const words = await new Promise<string>((resolve) => {
    execFile('bash', [recipe, '/proc/tadak/out'], (_error, _stdout, stderr) => resolve(stderr));
  });
  const { ko, en } = parseComplaint(words, 'log');
  expect(ko).toBe('폴더 /proc/tadak 를 만들 수 없어요. 다른 OUTDIR 을 주거나 권한을 고쳐 주세요.');
  expect(en).toContain('Cannot create the folder /proc/tadak');
});
