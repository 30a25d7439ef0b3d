import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type BrowserWorld, openBrowserWorld } from './support/browser-world.ts';
import { field, holds, run, sees, startLab } from './support/learner-hands.ts';
import { until } from './support/until.ts';

let world: BrowserWorld;
beforeAll(async () => {
  world = await openBrowserWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
afterEach(async () => {
  for (const context of world.browser.contexts()) await context.close();
  expect(world.complaints.splice(0)).toEqual([]);
});
test('a recording shows that it runs, holds output and no keys, and is downloaded and deleted', async () => {
  const page = await world.open();
  await startLab(page);
  await run(page, 'echo before-$((1+1))');
  await sees(page, 'before-2');
  await page.keyboard.press('Control+Shift+H');
  await page.click('text=이 터미널 녹화하기');
  await holds(page, `document.querySelector('.tp-tab-recording') !== null`);
  await page.keyboard.press('Escape');
  await page.focus(field);
  await holds(page, `!document.querySelector('.tp-recording-mark').hidden`);
  // What is typed before the program reads would be echoed, or its Enter taken by nobody.
  await page.keyboard.type("stty -echo; printf 'who%s' '?'; read secret; stty echo; echo got-$");
  await page.keyboard.type('{#secret}\n');
  await sees(page, 'who?');
  await page.keyboard.type('hunter2\n');
  await sees(page, 'got-7');
  // Another page of the learner knows of it too.
  await page.reload();
  await holds(page, `document.querySelector('.tp-tab-recording') !== null`);
  await sees(page, 'got-7');
  await page.click('[aria-label="명령 기록"]');
  await page.click('text=녹화 끝내기');
  await holds(page, `document.querySelector('.tp-tab-recording') === null`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('.tp-recordings a')]);
  expect(download.suggestedFilename()).toMatch(/^\d+-t1\.cast$/);
  const [header, ...events] = (await readFile(await download.path(), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(header).toMatchObject({ version: 2, width: expect.any(Number), height: expect.any(Number) });
  expect(events.every(([time, code]) => time >= 0 && (code === 'o' || code === 'r'))).toBe(true);
  const text = events
    .filter(([, code]) => code === 'o')
    .map(([, , data]) => data)
    .join('');
  expect(text).toContain('before-2');
  expect(text).toContain('got-7');
  expect(text).not.toContain('hunter2');
  await page.click('.tp-recordings button');
  await holds(page, `document.querySelectorAll('.tp-recordings li').length === 0`);
});

test('a recording that is full says so where the learner works, and keeps what it holds', async () => {
  const page = await world.open();
  await startLab(page);
  await page.keyboard.press('Control+Shift+H');
  await page.click('text=이 터미널 녹화하기');
  await page.keyboard.press('Escape');
  await page.focus(field);
  await holds(page, `!document.querySelector('.tp-recording-mark').hidden`);
  await run(page, 'seq 100000; echo end-$((1+1))');
  await sees(page, 'end-2');
  await holds(page, `document.querySelector('.tp-notice').textContent.includes('녹화가 다 차서 끝났어요')`);
  await holds(page, `document.querySelector('.tp-recording-mark').hidden`);
  await page.keyboard.press('Control+Shift+H');
  await holds(page, `document.querySelector('.tp-recordings li')?.textContent.includes('녹화가 다 차서 끝났어요')`);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('.tp-recordings a')]);
  expect((await readFile(await download.path(), 'utf8')).length).toBeGreaterThan(100_000);
  await page.click('.tp-recordings button');
  await holds(page, `document.querySelectorAll('.tp-recordings li').length === 0`);
});

test('bell, title and progress show on the tab, a title only as text', async () => {
  const page = await world.open();
  await startLab(page);
  const tab = `document.querySelector('[role=tab]')`;
  await run(page, String.raw`printf '\e]0;<b>build\a\e]9;4;1;40\a'; read -s x; printf '\e]9;4;0\a\a'; read -s x`);
  await holds(page, `${tab}.textContent.includes('<b>build') && ${tab}.textContent.includes('40%')`);
  expect(await page.evaluate(`${tab}.querySelector('b')`)).toBeNull();
  await page.evaluate(`(() => {
    window.rung = 0;
    new MutationObserver(() => { if (document.querySelector('.tp-rung')) window.rung += 1; }).observe(document.querySelector('.tp-panel'), { attributes: true });
  })()`);
  await page.keyboard.press('Enter');
  await holds(page, `!${tab}.textContent.includes('40%') && window.rung > 0`);
  await holds(page, `document.querySelector('.tp-rung') === null`);
});

test('a link of the lab opens only when it leads to the web, without a way back', async () => {
  const page = await world.open();
  await startLab(page);
  await page.evaluate(
    `void (window.open = (...call) => { window.opened = [...(window.opened ?? []), call]; return null; })`,
  );
  await run(
    page,
    String.raw`clear; printf '\e]8;;javascript:alert(1)\aevil-link\e]8;;\a\n\e]8;;http://example.test/x\agood-link\e]8;;\a\n'`,
  );
  await sees(page, /^evil-link/m);
  await sees(page, /^good-link/m);
  const click = async (text: string) => {
    const box = await page.evaluate<{ x: number; y: number }>(
      `(() => { const row = [...document.querySelectorAll('.xterm-rows > div')].find(({ textContent }) => textContent.startsWith(${JSON.stringify(text)})); const { left, top, height } = row.getBoundingClientRect(); return { x: left + 20, y: top + height / 2 }; })()`,
    );
    await page.mouse.move(box.x, box.y);
    await page.mouse.move(box.x + 4, box.y);
    await page.mouse.click(box.x + 4, box.y);
  };
  await click('evil-link');
  await until('the good link opens', async () => {
    await click('good-link');
    return (await page.evaluate<boolean>('(window.opened ?? []).length > 0')) || undefined;
  });
  const opened = await page.evaluate<string[][]>('window.opened');
  expect(opened[0]).toEqual(['http://example.test/x', '_blank', 'noopener,noreferrer']);
  expect(opened.flat().join()).not.toContain('javascript');
});
