/** The slow tests run where they are asked for, and on CI exactly when what they cover is not what they last passed with. */
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { pickSlowTests } from '../../../server/setup/checks.mjs';
import { findDueSlowTests, hashCovered, keepSlowProof, slowTests } from '../../../server/setup/slow-tests.mjs';
import { createTemporaryFolder } from '../run-cli.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));
const groups = Object.keys(slowTests);
const cloud = 'cloud images';

/** A copy of the covered files alone. */
function copyCovered(): ReturnType<typeof createTemporaryFolder> {
  const folder = createTemporaryFolder();
  for (const path of Object.values(slowTests).flatMap(({ tests, covers }) => [...tests, ...covers])) {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true });
    cpSync(join(project, path), join(folder.path, path), { recursive: true });
  }
  return folder;
}

test('a group is due until it is written down that it passed, and again once a covered file is changed, added or gone', () => {
  using folder = copyCovered();
  const copy = folder.path;
  expect(findDueSlowTests(copy)).toEqual(groups);
  expect(keepSlowProof(copy, [cloud])).toBe(true);
  expect(findDueSlowTests(copy)).toEqual(groups.filter((group) => group !== cloud));
  expect([keepSlowProof(copy, groups), keepSlowProof(copy, groups)]).toEqual([true, false]);
  expect(findDueSlowTests(copy)).toEqual([]);
  const added = join(copy, 'server/lab/cloud/other.ts');
  writeFileSync(added, '');
  expect(findDueSlowTests(copy)).toEqual([cloud]);
  rmSync(added);
  expect(findDueSlowTests(copy)).toEqual([]);
  writeFileSync(join(copy, 'lab/cloud/install'), 'another');
  expect(findDueSlowTests(copy)).toEqual([cloud]);
  keepSlowProof(copy, groups);
  rmSync(join(copy, 'server/lab/qemu/qmp.ts'));
  expect(findDueSlowTests(copy)).toEqual(['virtual machines']);
});

test('the same files have the same hash wherever they lie', () => {
  using folder = copyCovered();
  for (const group of groups) expect(hashCovered(folder.path, group)).toBe(hashCovered(project, group));
});

test('an ordinary run leaves them out, CI takes in those that are due, and who asks always gets all', () => {
  using folder = copyCovered();
  const copy = folder.path;
  expect(pickSlowTests(copy, {})).toEqual([]);
  expect(pickSlowTests(copy, { CI: 'true' })).toEqual(groups);
  keepSlowProof(copy, [cloud]);
  expect(pickSlowTests(copy, { CI: 'true' })).toEqual(groups.filter((group) => group !== cloud));
  expect(pickSlowTests(copy, { TADAK_TEST_ALL: '1' })).toEqual(groups);
});

test('every slow test is in a group', () => {
  const slow = readdirSync(join(project, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.slow.test.ts'))
    .map((path) => `test/${path}`);
  expect(
    Object.values(slowTests)
      .flatMap(({ tests }) => tests)
      .sort(),
  ).toEqual(slow.sort());
});

const due = findDueSlowTests(project);
// Not a failure: CI runs them now. Skipped, it says what is to be done.
test.skipIf(due.length > 0)(
  'the slow tests passed with the files as they are; otherwise: npm run test:all, and commit test/slow-proven.json',
  () => {
    expect(due).toEqual([]);
  },
);
