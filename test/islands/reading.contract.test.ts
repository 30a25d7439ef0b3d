/** A step that this lab cannot do, on the page as Astro prints it: the reason and where it can be done, in the reader's language. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { filesLesson, tinyFolder } from '../support/tiny-course.ts';
import { type BrowserWorld, openBrowserWorld } from './support/browser-world.ts';
import { holds, startLab } from './support/learner-hands.ts';

let folder: string;
let world: BrowserWorld;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tadak-reading-'));
  await cp(tinyFolder, folder, { recursive: true });
  const lesson = join(folder, filesLesson, 'lesson.yaml');
  const text = await readFile(lesson, 'utf8');
  await writeFile(
    lesson,
    text.replace('- id: make-file\n', '- id: make-file\n    needs: [el9, selinux, own-kernel]\n'),
  );
  world = await openBrowserWorld(folder);
}, 180_000);
afterAll(async () => {
  await world?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  for (const context of world.browser.contexts()) await context.close();
  expect(world.complaints.splice(0)).toEqual([]);
});

const step = '#step-make-file';
const note = `${step} [data-reading]`;
const state = `document.querySelector('${step}').dataset.state`;

const readers = [
  {
    path: '/first/files/',
    lacks: '이 실습 머신에 없는 것: SELinux, 자기 커널. 그래서 이 단계는 읽기만 해요.',
    where: '해 볼 수 있는 곳: EL 9 클라우드 이미지로 만든 가상 머신(tadak lab build --from rocky-9)',
  },
  {
    path: '/en/first/files/',
    lacks: 'This lab lacks: SELinux, own kernel. So this step is for reading; it does not count against you.',
    where: 'It can be done on: a virtual machine made from an EL 9 cloud image (tadak lab build --from rocky-9)',
  },
] as const;

for (const { path, lacks, where } of readers) {
  test(`a step that needs what the lab lacks says what and where it can be done: ${path}`, async () => {
    const page = await world.open(path, { viewport: { width: 1440, height: 900 } });
    await holds(page, `${state} === 'todo'`);
    expect(await page.isVisible(note)).toBe(false);
    await startLab(page);
    await holds(page, `${state} === 'read'`);
    const shown = await page.innerText(note);
    expect(shown).toContain(lacks);
    expect(shown).toContain(where);
    expect(await page.isVisible('#step-count-lines [data-reading]')).toBe(false);
    // Who presses the button nevertheless reads the same once, not twice.
    await page.click(`${step} [data-check]`);
    await holds(page, `document.querySelector('${step} [data-result]').dataset.status === 'skipped'`);
    const result = await page.innerText(`${step} [data-result]`);
    expect(result).toContain(lacks);
    expect(result).toContain(where);
    expect(await page.isVisible(note)).toBe(false);
  });
}

test('on a phone the reason fits the page', async () => {
  const page = await world.open('/first/files/', { viewport: { width: 390, height: 844 } });
  await page.click('[data-tab=terminal]');
  await page.click('[data-lab-start]');
  await page.click('[data-tab=text]');
  await holds(page, `${state} === 'read'`);
  expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
});
