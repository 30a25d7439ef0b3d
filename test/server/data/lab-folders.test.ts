import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LabFolders } from '../../../server/data/lab-folders.ts';
import type { LabId } from '../../../src/course/ids.ts';

const [one, two] = ['one', 'two'] as LabId[] as [LabId, LabId];
let root: string;
let lines: string[];
let folders: LabFolders;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tadak-known-'));
  lines = [];
  folders = new LabFolders(join(root, 'labs'), (line, details) => lines.push(`${line} ${JSON.stringify(details)}`));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('what was written last is read, by a later server, too, and by nobody else on this machine', async () => {
  void folders.write(one, 'memory', 'first');
  void folders.write(one, 'memory', 'second');
  expect(String(await folders.read(one, 'memory'))).toBe('second');
  await folders[Symbol.asyncDispose]();
  const later = new LabFolders(join(root, 'labs'), () => {});
  expect(String(await later.read(one, 'memory'))).toBe('second');
  expect(statSync(join(root, 'labs', one, 'memory')).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(root, 'labs', one))).toEqual(['memory']);
  expect(await later.read(two, 'memory')).toBeUndefined();
});

test('a lab that was forgotten leaves nothing, whatever is still written about it', async () => {
  void folders.write(one, 'memory', 'text');
  void folders.forget(one);
  await folders.write(one, 'memory', 'late');
  expect(existsSync(join(root, 'labs', one))).toBe(false);
});

test('labs that there are no more are cleared away at the start', async () => {
  await folders.write(one, 'memory', 'text');
  await folders.write(two, 'memory', 'text');
  await new LabFolders(join(root, 'labs'), () => {}).keepOnly(new Set([two]));
  expect(readdirSync(join(root, 'labs'))).toEqual([two]);
  await new LabFolders(join(root, 'nothing'), () => {}).keepOnly(new Set());
});

test('a place that cannot be written is said and hurts nobody', async () => {
  writeFileSync(join(root, 'labs'), 'a file, not a folder');
  await folders.write(one, 'memory', 'text');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/cannot be written.*ENOTDIR|EEXIST/);
  expect(await folders.read(one, 'memory')).toBeUndefined();
});
