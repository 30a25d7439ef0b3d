import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildHeader, buildTextEntry, tarEnd } from '../../../../server/lab/container/tar.ts';

const owner = { uid: 0, gid: 42, mtime: 1_700_000_000 } as const;

/** What the system's tar says about an archive. */
const list = (archive: Buffer) =>
  execFileSync('tar', ['-tv', '--numeric-owner', '-f', '-'], {
    input: archive,
    encoding: 'utf8',
    env: { TZ: 'UTC', PATH: '/usr/bin:/bin' },
  });

test('owners, modes, set-user-id and times are what was asked for', () => {
  const archive = Buffer.concat([
    buildHeader({ ...owner, kind: 'directory', path: 'tmp', mode: 0o1777 }),
    buildHeader({ ...owner, kind: 'file', path: 'usr/bin/sudo', mode: 0o4755, size: 0 }),
    tarEnd,
  ]);
  expect(list(archive)).toMatch(
    /^drwxrwxrwt 0\/42 .* 2023-11-14 22:13 tmp\/?\n-rwsr-xr-x 0\/42 +0 .* usr\/bin\/sudo\n$/,
  );
});

test('names and targets beyond a hundred bytes, Korean ones too, and contents survive', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tadak-tar-'));
  const long = `${'긴이름'.repeat(15)}/${'x'.repeat(90)}`;
  const target = `/${'y'.repeat(180)}`;
  const archive = Buffer.concat([
    buildTextEntry({ path: long, mode: 0o640, content: 'a\n가나다' }),
    buildHeader({ ...owner, kind: 'symlink', path: 'link', mode: 0o777, target }),
    tarEnd,
  ]);
  execFileSync('tar', ['-x', '--no-same-owner', '-C', folder, '-f', '-'], { input: archive });
  expect(readFileSync(join(folder, long), 'utf8')).toBe('a\n가나다');
  expect(statSync(join(folder, long)).mode & 0o777).toBe(0o640);
  expect(readlinkSync(join(folder, 'link'))).toBe(target);
  rmSync(folder, { recursive: true });
});

test('an extended attribute stands in the record that engines read', () => {
  const attributes = { 'security.capability': Uint8Array.of(1, 0, 0, 2, 0, 32) };
  const header = buildHeader({ ...owner, kind: 'file', path: 'ping', mode: 0o755, size: 0, attributes });
  const record = header.subarray(512, 512 + 43);
  expect(record.toString('latin1')).toBe(`43 SCHILY.xattr.security.capability=\u0001\u0000\u0000\u0002\u0000\u0020\n`);
});
