/** The slow tests run where they are asked for, and on CI exactly when what they cover is not what they last passed with. */
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runsSlowTests } from '../../../server/setup/checks.mjs';
import { areSlowTestsDue, coveredBySlowTests, hashCovered, keepSlowProof } from '../../../server/setup/slow-tests.mjs';
import { createTemporaryFolder } from '../run-cli.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));

/** A copy of the covered files alone. */
function copyCovered(): ReturnType<typeof createTemporaryFolder> {
  const folder = createTemporaryFolder();
  for (const path of coveredBySlowTests) {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true });
    cpSync(join(project, path), join(folder.path, path), { recursive: true });
  }
  return folder;
}

test('they are due until it is written down that they passed, and again once a covered file is changed, added or gone', () => {
  using folder = copyCovered();
  const copy = folder.path;
  expect(areSlowTestsDue(copy)).toBe(true);
  expect(keepSlowProof(copy)).toBe(true);
  expect([areSlowTestsDue(copy), keepSlowProof(copy)]).toEqual([false, false]);
  const added = join(copy, 'server/lab/cloud/other.ts');
  writeFileSync(added, '');
  expect(areSlowTestsDue(copy)).toBe(true);
  rmSync(added);
  expect(areSlowTestsDue(copy)).toBe(false);
  writeFileSync(join(copy, 'lab/cloud/install'), 'another');
  expect(areSlowTestsDue(copy)).toBe(true);
  keepSlowProof(copy);
  rmSync(join(copy, 'lab/cloud/images.json'));
  expect(areSlowTestsDue(copy)).toBe(true);
});

test('the same files have the same hash wherever they lie', () => {
  using folder = copyCovered();
  expect(hashCovered(folder.path)).toBe(hashCovered(project));
});

test('an ordinary run leaves them out, CI takes them in when they are due, and who asks always gets them', () => {
  using folder = copyCovered();
  const copy = folder.path;
  expect(runsSlowTests(copy, {})).toBe(false);
  expect(runsSlowTests(copy, { CI: 'true' })).toBe(true);
  keepSlowProof(copy);
  expect(runsSlowTests(copy, { CI: 'true' })).toBe(false);
  expect(runsSlowTests(copy, { TADAK_TEST_ALL: '1' })).toBe(true);
});

test('every slow test is covered by itself', () => {
  const slow = readdirSync(join(project, 'test'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.slow.test.ts'),
  );
  expect(slow.length).toBeGreaterThan(0);
  for (const path of slow) expect(coveredBySlowTests).toContain(`test/${path}`);
});

// Not a failure: CI runs them now. Skipped, it says what is to be done.
test.skipIf(areSlowTestsDue(project))(
  'the slow tests passed with the files as they are; otherwise: npm run test:all, and commit test/slow-proven.json',
  () => {
    expect(areSlowTestsDue(project)).toBe(false);
  },
);
