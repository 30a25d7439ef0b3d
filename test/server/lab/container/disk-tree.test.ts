import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dumpTree, listTree, parseAttributes, parseListings } from '../../../../server/lab/container/disk-tree.ts';

const { signal } = new AbortController();
const root = { path: '', inode: 2, kind: 'directory', mode: 0o755, uid: 0, gid: 0 } as const;
const path = '/usr/sbin:/usr/bin:/sbin:/bin';
const hasTools = ['mke2fs', 'debugfs'].every(
  (tool) => spawnSync(tool, ['-V'], { env: { PATH: path } }).error === undefined,
);

test('a listing gives modes, owners and kinds; dots, deleted entries and devices are left out', () => {
  const output = `debugfs: ls -p <2>
/2/040755/0/0/.//
/12/120777/0/0/bin/7/
/842/104755/0/42/a name/9/
/0/000000/0/0/gone//
/77/020666/0/0/null//
debugfs: ls -p <99>
/13/100644/0/0/of nobody we asked about/1/
`;
  expect(parseListings(output, [root])).toEqual([
    { path: 'bin', inode: 12, kind: 'symlink', mode: 0o777, uid: 0, gid: 0 },
    { path: 'a name', inode: 842, kind: 'file', mode: 0o4755, uid: 0, gid: 42 },
  ]);
});

test('attributes belong to the file that was asked for last; a value cut short is none', () => {
  const output = `debugfs: ea_list <5>
debugfs: ea_list <6>
Extended attributes:
  security.capability (4) = 01 00 00 02 
  user.cut (9) = 01 00 
`;
  expect([...parseAttributes(output)]).toEqual([[6, { 'security.capability': Buffer.from([1, 0, 0, 2]) }]]);
});

test.skipIf(!hasTools)('a real file system is listed and taken out without root or a mount', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tadak-tree-'));
  const [source, out, disk] = ['source', 'out', 'disk'].map((name) => join(folder, name)) as [string, string, string];
  mkdirSync(join(source, 'etc', 'deep'), { recursive: true });
  mkdirSync(out);
  writeFileSync(join(source, 'etc', 'deep', '한글.conf'), 'x = 1\n');
  chmodSync(join(source, 'etc', 'deep', '한글.conf'), 0o4711);
  symlinkSync('deep/한글.conf', join(source, 'etc', 'link'));
  execFileSync('mke2fs', ['-q', '-t', 'ext4', '-d', source, disk, '4M'], { env: { PATH: path } });
  await dumpTree(disk, out, signal);
  const files = await listTree(disk, signal);
  expect(files).toContainEqual(expect.objectContaining({ path: 'etc/deep/한글.conf', kind: 'file', mode: 0o4711 }));
  expect(files).toContainEqual(expect.objectContaining({ path: 'etc/link', kind: 'symlink' }));
  expect(readFileSync(join(out, 'etc/deep/한글.conf'), 'utf8')).toBe('x = 1\n');
  rmSync(folder, { recursive: true });
});
