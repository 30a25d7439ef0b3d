import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openSqliteStore } from '../../../server/progress/sqlite.ts';
import type { StepAttempt } from '../../../server/progress/store.ts';
import type { CourseId, LearnerId, LessonId, StepId } from '../../../src/course/ids.ts';
import { Fault } from '../../../src/faults.ts';

const course = 'docker' as CourseId;
const lesson = 'kernel' as LessonId;
const step = 'same-kernel' as StepId;

function createFolder(): Disposable & { readonly path: string } {
  const folder = mkdtempSync(join(tmpdir(), 'tadak-sqlite-'));
  return { path: join(folder, 'progress.db'), [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
function faultOf(run: () => unknown): Fault {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof Fault) return thrown;
    throw thrown;
  }
  throw new Error('no fault was thrown');
}
const failOf = (learner: LearnerId, size: number): StepAttempt => ({
  ...{ learner, course, lesson, step, trigger: 'button', at: 1 },
  result: { status: 'fail', message: { ko: 'x'.repeat(size), en: '' } },
});

test('nobody else reads the file, nor what lies beside it, whatever an earlier version let them', () => {
  using folder = createFolder();
  writeFileSync(folder.path, '', { mode: 0o644 });
  using store = openSqliteStore(folder.path);
  store.recordStep(failOf(store.createLearner(1).learner, 1));
  const all = dirname(folder.path);
  const modes = readdirSync(all).map((name) => [name, (statSync(join(all, name)).mode & 0o777).toString(8)]);
  expect(modes.length).toBeGreaterThan(1);
  for (const [name, mode] of modes) expect([name, mode]).toEqual([name, '600']);
});

test('a file of a newer version is refused and left as it is', () => {
  using folder = createFolder();
  openSqliteStore(folder.path)[Symbol.dispose]();
  const database = new DatabaseSync(folder.path);
  database.exec('PRAGMA user_version = 99');
  database.close();
  const before = readFileSync(folder.path);
  const fault = faultOf(() => openSqliteStore(folder.path));
  expect(fault.code).toBe('data-newer');
  expect(fault.details).toMatchObject({ found: 99 });
  expect(readFileSync(folder.path).equals(before)).toBe(true);
});

test('a full disk is a fault, nothing is half-written, and writing goes on when there is room', () => {
  using folder = createFolder();
  const small = openSqliteStore(folder.path, { maxPages: 20 });
  const { learner } = small.createLearner(1);
  let written = 0;
  const fault = faultOf(() => {
    for (;;) {
      small.recordStep(failOf(learner, 3000));
      written += 1;
    }
  });
  expect(fault.code).toBe('data-full');
  expect(fault.sentence.ko).toContain(folder.path);
  expect(written).toBeGreaterThan(0);
  expect(small.lessonProgress(learner, course, lesson).steps[step]?.attempts).toBe(written);
  small[Symbol.dispose]();
  using roomy = openSqliteStore(folder.path);
  expect(roomy.recordStep(failOf(learner, 3000)).attempts).toBe(written + 1);
});

test('a file that cannot be written is a fault that names it', () => {
  using folder = createFolder();
  mkdirSync(folder.path);
  const fault = faultOf(() => openSqliteStore(folder.path));
  expect(fault.code).toBe('data-unwritable');
  expect(fault.sentence.en).toContain(folder.path);
});

test('the secret of the cookie is nowhere in the file', () => {
  using folder = createFolder();
  const store = openSqliteStore(folder.path);
  const { secret } = store.createLearner(1);
  store[Symbol.dispose]();
  expect(readFileSync(folder.path).includes(secret)).toBe(false);
});

test('equal automatic results in a row take one row', () => {
  using folder = createFolder();
  const store = openSqliteStore(folder.path);
  const { learner } = store.createLearner(1);
  for (let at = 0; at < 50; at += 1) store.recordStep({ ...failOf(learner, 10), trigger: 'auto', at });
  store.recordStep(failOf(learner, 10));
  store[Symbol.dispose]();
  const database = new DatabaseSync(folder.path);
  expect(database.prepare('SELECT times FROM step_attempt').all()).toEqual([{ times: 50 }, { times: 1 }]);
  database.close();
});
