/** Every course has a folder of its own to make pages in; one whose course is gone does not stay. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openWorkFolder } from '../../../server/preview/work-folder.ts';
import { createTemporaryFolder } from '../run-cli.ts';

test('a folder is found again with what is in it; another course or data folder has another one', async () => {
  using temporary = createTemporaryFolder();
  const [parent, course] = [join(temporary.path, 'preview'), join(temporary.path, 'course')];
  mkdirSync(course);
  const folder = await openWorkFolder(parent, { course, data: '/data' });
  writeFileSync(join(folder, 'kept'), '');
  expect(await openWorkFolder(parent, { course, data: '/data' })).toBe(folder);
  expect(existsSync(join(folder, 'kept'))).toBe(true);
  expect(await openWorkFolder(parent, { course, data: '/other' })).not.toBe(folder);
  rmSync(course, { recursive: true });
  await openWorkFolder(parent, { course: temporary.path, data: '/data' });
  expect(existsSync(folder)).toBe(false);
});
