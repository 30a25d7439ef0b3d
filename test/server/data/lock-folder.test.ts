import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { lockFolder } from '../../../server/data/lock-folder.ts';
import { isServerAlive, serverIdentity } from '../../../server/data/server-identity.ts';
import { Fault } from '../../../src/faults.ts';
import { createTemporaryFolder } from '../run-cli.ts';

const me = serverIdentity() ?? '';

test('a folder is locked once, and free again afterwards', () => {
  using folder = createTemporaryFolder();
  const path = join(folder.path, 'new', 'data');
  const lock = lockFolder(path, me);
  let fault: unknown;
  try {
    lockFolder(path, me);
  } catch (thrown) {
    fault = thrown;
  }
  expect(fault).toBeInstanceOf(Fault);
  expect((fault as Fault).code).toBe('data-locked');
  expect((fault as Fault).details['pid']).toBe(String(process.pid));
  lock[Symbol.dispose]();
  lockFolder(path, me)[Symbol.dispose]();
  expect(readdirSync(path)).toEqual([]);
});

test('the lock of a server that is gone is taken over', async () => {
  using folder = createTemporaryFolder();
  const child = spawn('sleep', ['60']);
  const other = serverIdentity(child.pid) ?? '';
  expect(isServerAlive(other)).toBe(true);
  writeFileSync(join(folder.path, 'lock'), other);
  expect(() => lockFolder(folder.path, me)).toThrow(Fault);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isServerAlive(other)).toBe(false);
  using lock = lockFolder(folder.path, me);
  expect(lock).toBeDefined();
  expect(readdirSync(folder.path)).toEqual(['lock']);
});

test('a number that belongs to another process by now is not the old server', () => {
  expect(isServerAlive(`${process.pid}-1`)).toBe(false);
  expect(isServerAlive('nonsense')).toBe(false);
});

test('a lock that was taken over is not removed by the one that lost it', () => {
  using folder = createTemporaryFolder();
  const lock = lockFolder(folder.path, me);
  writeFileSync(join(folder.path, 'lock'), '1-1');
  lock[Symbol.dispose]();
  expect(existsSync(join(folder.path, 'lock'))).toBe(true);
});
