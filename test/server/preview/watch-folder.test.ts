/** Every way in which an editor saves is noticed, also in folders that come later. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { watchFolder } from '../../../server/preview/watch-folder.ts';
import { eventually } from '../app/test-app.ts';

test('writing, replacing, adding and removing are noticed, in new folders too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tadak-watch-'));
  mkdirSync(join(folder, 'lesson'));
  const path = (name: string) => join(folder, name);
  let changes = 0;
  using _watch = await watchFolder(folder, () => {
    changes += 1;
  });
  const noticed = async (what: string, save: () => void) => {
    const before = changes;
    save();
    await eventually(
      () => changes > before || undefined,
      () => what,
    );
  };
  await noticed('a file is written', () => writeFileSync(path('lesson/ko.mdx'), 'a'));
  await noticed('a file is replaced', () => {
    writeFileSync(path('lesson/ko.mdx~'), 'b');
    renameSync(path('lesson/ko.mdx~'), path('lesson/ko.mdx'));
  });
  await noticed('a replaced file is written', () => writeFileSync(path('lesson/ko.mdx'), 'c'));
  await noticed('a folder comes', () => mkdirSync(path('lesson/steps/one'), { recursive: true }));
  await noticed('a file comes in it', () => writeFileSync(path('lesson/steps/one/check.sh'), 'd'));
  await noticed('a folder goes', () => rmSync(path('lesson/steps'), { recursive: true }));
  await noticed('a file is written afterwards', () => writeFileSync(path('lesson/ko.mdx'), 'e'));
  expect(changes).toBeGreaterThanOrEqual(7);
  rmSync(folder, { recursive: true });
});
