import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { labsByWatchLimit, raiseWatchLimit } from '../../../../server/lab/container/watch-limit.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tadak-watch-'));
  path = join(folder, 'max_user_instances');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the usual limit is good for ten labs, and is raised where that is allowed', async () => {
  writeFileSync(path, '128\n');
  expect(await labsByWatchLimit(path)).toBe(10);
  expect(await raiseWatchLimit(path)).toBe(128);
  expect(await labsByWatchLimit(path)).toBeGreaterThan(500);
  expect(await raiseWatchLimit(path)).toBeUndefined();
});

test('a higher limit is left alone, and a kernel that tells none sets none', async () => {
  writeFileSync(path, '65536\n');
  expect(await raiseWatchLimit(path)).toBeUndefined();
  expect(readFileSync(path, 'utf8')).toBe('65536\n');
  expect(await labsByWatchLimit(join(folder, 'nothing'))).toBe(Number.POSITIVE_INFINITY);
  expect(await raiseWatchLimit(join(folder, 'nothing'))).toBeUndefined();
});
