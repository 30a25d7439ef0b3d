import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { identifyProcess, isRunning } from '../../../server/host/processes.ts';
import { sweepRunFolders } from '../../../server/lab/qemu/sweep.ts';
import { createRunFolder, loadRunFolders, removeRunFolder, writeRecord } from '../../../server/lab/run-folder.ts';
import type { LearnerId } from '../../../src/course/ids.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'd-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

const owner = (server: string) => ({ learner: 'someone' as LearnerId, server });
const create = (id: string, server = 'here', folder = data) =>
  createRunFolder(folder, { id, owner: owner(server), template: 't' });
function startStranger(args: readonly string[] = []) {
  const child = spawn('sleep', ['60', ...args]);
  const identity = identifyProcess(child.pid ?? 0);
  if (identity === undefined) throw new Error('sleep did not start');
  return { child, identity };
}

test("a lab's folder is private and its record can be read again", async () => {
  const { path, record } = await create('aa');
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(record.sockets).toBe(path);
  expect(await loadRunFolders(data)).toEqual([{ path, record }]);
  await removeRunFolder(path, record);
  expect(await loadRunFolders(data)).toEqual([]);
});

test('with a long data path the sockets go to a short private folder, which is removed too', async () => {
  const deep = join(data, 'x'.repeat(80));
  mkdirSync(deep);
  const { path, record } = await create('aa', 'here', deep);
  expect(Buffer.byteLength(record.sockets)).toBeLessThan(60);
  expect(statSync(record.sockets).mode & 0o777).toBe(0o700);
  await removeRunFolder(path, record);
  expect(existsSync(record.sockets)).toBe(false);
});

test('a record cannot make us remove a folder that is not ours', async () => {
  const { path, record } = await create('aa');
  const precious = join(data, 'precious');
  mkdirSync(precious);
  await writeRecord({ path, record: { ...record, sockets: precious } });
  expect(await sweepRunFolders(data, () => false)).toBe(1);
  expect([existsSync(path), existsSync(precious)]).toEqual([false, true]);
});

test('a sweep takes what nobody owns, and what cannot be read', async () => {
  const kept = await create('aa', 'alive');
  await create('bb', 'dead');
  const broken = await create('cc', 'alive');
  writeFileSync(join(broken.path, 'lab.json'), '{"half');
  expect(await sweepRunFolders(data, ({ server }) => server === 'alive')).toBe(2);
  expect((await loadRunFolders(data)).map(({ path }) => path)).toEqual([kept.path]);
});

test("a sweep kills the lab's process, but not a later one with the same number", async () => {
  const { path, record } = await create('aa', 'dead');
  const guilty = startStranger();
  const innocent = startStranger();
  try {
    await writeRecord({ path, record: { ...record, process: guilty.identity } });
    const other = await create('bb', 'dead');
    const recycled = { pid: innocent.identity.pid, birth: 'another-boot/1' };
    await writeRecord({ path: other.path, record: { ...other.record, process: recycled } });
    expect(await sweepRunFolders(data, () => false)).toBe(2);
    expect([isRunning(guilty.identity), isRunning(innocent.identity)]).toEqual([false, true]);
  } finally {
    guilty.child.kill('SIGKILL');
    innocent.child.kill('SIGKILL');
  }
});
