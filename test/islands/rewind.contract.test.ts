/** Going back and jumping, as a learner does it in the page. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BrowserWorld, openBrowserWorld } from './support/browser-world.ts';
import { field, holds, run, sees, startLab } from './support/learner-hands.ts';

let world: BrowserWorld;
beforeAll(async () => {
  world = await openBrowserWorld(undefined, { keepsStates: true });
});
afterAll(() => world[Symbol.asyncDispose]());

const stepState = (id: string) => `document.querySelector('tadak-step[data-step="${id}"]').dataset.state`;
const dialog = 'dialog[open]';

test('the lab goes back to a chosen moment; the terminal opens anew, and what was passed stays passed', async () => {
  const page = await world.open();
  await startLab(page);
  await run(page, "printf 'hello\\nworld\\n' > ~/hello.txt");
  await holds(page, `${stepState('make-file')} === 'done'`);
  await run(page, 'rm ~/hello.txt; OLD=shell; echo "gone-$OLD"');
  await sees(page, 'gone-shell');

  await page.click('[data-lab=undo]');
  await page.waitForSelector(`${dialog} .tadak-moment`);
  const moments = await page.locator(`${dialog} .tadak-moment`).allInnerTexts();
  expect(moments).toHaveLength(2);
  expect(moments[0]).toMatch(/「파일 만들기」 단계를 마쳤을 때 · (방금|\d+분 전)/);
  // Escape changes nothing; the newest moment is the one that is offered.
  await page.keyboard.press('Escape');
  await holds(page, `!document.querySelector('${dialog}')`);
  await page.click('[data-lab=undo]');
  await page.click(`${dialog} button[value=yes]`);
  await holds(page, `document.querySelector('tadak-lab-status').dataset.state === 'ready'`);
  await holds(page, `!document.querySelector('.xterm-rows').innerText.includes('gone-shell')`);
  await sees(page, /\$|#/);
  await page.focus(field);
  await run(page, 'echo "shell-[$OLD] $(cat ~/hello.txt | head -n 1)"');
  await sees(page, 'shell-[] hello');
  await holds(page, `${stepState('make-file')} === 'done'`);
});

test('a step can be begun without the ones before it, and says what that does first', async () => {
  const page = await world.open();
  await startLab(page);
  expect(await page.isVisible('tadak-step[data-step=make-file] [data-jump]')).toBe(false);
  const jump = 'tadak-step[data-step=count-lines] [data-jump]';
  await page.click(jump);
  await page.waitForSelector(dialog);
  expect(await page.innerText(dialog)).toContain('「파일 만들기」');
  expect(await page.innerText(dialog)).toContain('마친 것으로 세지 않아요');
  await page.click(`${dialog} button[value=yes]`);
  await holds(
    page,
    `document.querySelector('tadak-step[data-step=count-lines] [data-result]').innerText.includes('준비됐어요')`,
  );
  await page.focus(field);
  await run(page, 'echo "lines=$(wc -l < ~/hello.txt)"');
  await sees(page, 'lines=2');
  await holds(page, `${stepState('make-file')} === 'todo'`);
});
