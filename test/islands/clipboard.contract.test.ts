/** Copy and paste by buttons, by the platform's keys and by a phone's keyboard, in real Chromium. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type BrowserWorld, openBrowserWorld } from './support/browser-world.ts';
import { compose, field, holds, paste, run, sees, startLab } from './support/learner-hands.ts';

let world: BrowserWorld;
beforeAll(async () => {
  world = await openBrowserWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
afterEach(async () => {
  for (const context of world.browser.contexts()) await context.close();
  expect(world.complaints.splice(0)).toEqual([]);
});

const phone = { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true };
const allowed = { permissions: ['clipboard-read', 'clipboard-write'] };
const copyButton = '[aria-label="터미널에서 복사하기"]';
const pasteButton = '[aria-label="터미널에 붙여 넣기"]';
const box = 'dialog textarea';

const fillClipboard = (page: Page, text: string) =>
  page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
const clipboardIs = (page: Page, text: string) =>
  holds(page, `navigator.clipboard.readText().then((text) => text === ${JSON.stringify(text)})`);
/** Selects the word at the screen's beginning with the mouse. */
async function selectFirstWord(page: Page): Promise<void> {
  const first = await page.locator('.xterm-rows > div:first-child').boundingBox();
  if (!first) throw new Error('the terminal has no rows');
  await page.mouse.dblclick(first.x + 12, first.y + first.height / 2);
}

test('on a phone Paste sends the clipboard, and the keyboard stays with the terminal', async () => {
  const page = await world.open('/', { ...phone, ...allowed });
  await startLab(page);
  await fillClipboard(page, 'echo 붙인-$((40+2))');
  await page.tap(pasteButton);
  await sees(page, 'echo 붙인-$((40+2))');
  expect(await page.evaluate(`document.activeElement.className`)).toContain('xterm-helper-textarea');
  await page.keyboard.press('Enter');
  await sees(page, /\n붙인-42/);
});

test('where the clipboard cannot be read Paste asks for the text, and warns of many lines as ever', async () => {
  const page = await world.open('/', phone);
  await startLab(page);
  await run(page, 'cat > pasted.txt');
  await page.tap(pasteButton);
  await page.fill(box, '하나\n둘\n');
  await page.tap('dialog button >> text=붙여 넣기');
  await holds(page, `document.querySelector('dialog')?.innerText.includes('2줄을 붙여 넣으려고 해요')`);
  await page.tap('dialog button[value=yes]');
  await sees(page, /\n둘/);
  await page.keyboard.press('Control+d');
  await run(page, 'clear; tr "\\n" + < pasted.txt');
  await sees(page, '하나+둘+');
  // At a prompt that takes pastes as one, nothing runs before Enter.
  await page.tap(pasteButton);
  await page.fill(box, 'clear\necho 한꺼번에-$((1+1))');
  await page.tap('dialog button >> text=붙여 넣기');
  expect(await sees(page, 'echo 한꺼번에-$((1+1))')).toContain('하나+둘+');
  await page.keyboard.press('Enter');
  await sees(page, /^한꺼번에-2/);
  await page.tap(pasteButton);
  await page.tap('dialog button >> text=취소');
  await holds(page, `document.querySelector('dialog') === null`);
});

test('on a phone Copy shows the text of the screen to select from, a long line as one', async () => {
  const page = await world.open('/', { ...phone, ...allowed });
  await startLab(page);
  const long = 'x'.repeat(90);
  await run(page, `clear; echo 첫째; echo ${long.slice(0, 45)}''${long.slice(45)}`);
  await sees(page, /^첫째\nx+\nx+/);
  await page.tap(copyButton);
  const text = await page.inputValue(box);
  expect(text.split('\n').slice(0, 2)).toEqual(['첫째', long]);
  await page.tap('dialog button >> text=모두 복사');
  await clipboardIs(page, text);
  await holds(page, `document.querySelector('.tp-status').innerText.includes('복사했어요')`);
});

test('both work by keyboard, Copy takes a selection at once, and the names are there in English', async () => {
  const page = await world.open('/en.html', allowed);
  await startLab(page);
  await run(page, 'clear; echo word-to-copy');
  await sees(page, /^word-to-copy/);
  await selectFirstWord(page);
  await page.focus('[aria-label="Copy from the terminal"]');
  await page.keyboard.press('Enter');
  await clipboardIs(page, 'word-to-copy');
  expect(await page.locator('dialog').count()).toBe(0);
  await page.focus('[aria-label="Paste into the terminal"]');
  await page.keyboard.press('Space');
  await sees(page, /[#$] word-to-copy/);
  await fillClipboard(page, '');
  await page.click('[aria-label="Paste into the terminal"]');
  await holds(page, `document.querySelector('.tp-status').innerText.includes('no text on the clipboard')`);
});

test('the dialogs pass the accessibility rules, in light and in dark', async () => {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const page = await world.open('/', phone);
  await startLab(page);
  await page.evaluate(axe);
  for (const theme of ['light', 'dark']) {
    await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
    for (const button of [copyButton, pasteButton]) {
      await page.tap(button);
      await page.waitForSelector(box);
      expect(await page.evaluate(`axe.run('dialog').then(({ violations }) => violations.map(({ id }) => id))`)).toEqual(
        [],
      );
      await page.keyboard.press('Escape');
      await holds(page, `document.querySelector('dialog') === null`);
    }
  }
});

test("lines from a keyboard's own clipboard are a paste, not keys", async () => {
  const page = await world.open('/', phone);
  await startLab(page);
  await page.keyboard.insertText('clear\necho 칩-$((1+1))');
  expect(await sees(page, 'echo 칩-$((1+1))')).toContain('clear');
  await page.keyboard.press('Enter');
  await sees(page, /^칩-2/);
  await run(page, 'clear; echo reading; cat');
  await sees(page, /^reading/);
  await page.keyboard.insertText('하나\n둘');
  await page.tap('dialog button >> text=취소');
  await page.focus(field);
  await page.keyboard.insertText('셋');
  // A new line by itself is Enter.
  await page.keyboard.insertText('\n');
  expect(await sees(page, /셋\n셋/)).not.toContain('하나');
});

test('Ctrl+Shift+C copies what is selected, Ctrl+Shift+V pastes, and Ctrl+C interrupts in spite of a selection', async () => {
  const page = await world.open('/', allowed);
  await startLab(page);
  await run(page, 'clear; echo chosen-word; sleep 100');
  await sees(page, /^chosen-word/);
  await selectFirstWord(page);
  await page.keyboard.press('Control+Shift+C');
  await clipboardIs(page, 'chosen-word');
  await page.keyboard.press('Control+c');
  await sees(page, '^C');
  await page.keyboard.press('Control+Shift+V');
  await sees(page, /[#$] chosen-word/);
});

test('a paste of one megabyte into a program that marks pastes arrives whole between the marks, unasked', async () => {
  const page = await world.open();
  await startLab(page);
  const lines = Array.from({ length: 16_384 }, (_, index) => `${String(index).padStart(60, '.')}한\n`);
  const text = lines.join('');
  const marked = `\x1b[200~${text.replaceAll('\n', '\r')}\x1b[201~`;
  const length = Buffer.byteLength(marked);
  expect(length).toBeGreaterThan(1024 * 1024);
  await run(
    page,
    String.raw`stty raw -echo; printf '\e[?2004hnow\r\n'; head -c ${length} | sha1sum; stty sane; echo pas''ted`,
  );
  await sees(page, /\nnow/);
  await paste(page, text);
  const shown = await sees(page, 'pasted', 30_000);
  expect(shown).toContain(createHash('sha1').update(marked).digest('hex'));
});

test('a hidden Ctrl+C in a paste does not end it, so that the lines after it are not run', async () => {
  const page = await world.open();
  await startLab(page);
  await paste(page, 'echo first\x03\necho ran-$((40+2))\necho last');
  expect(await sees(page, 'echo last')).not.toContain('ran-42');
  await page.keyboard.press('Enter');
  expect(await sees(page, /\nlast/)).toMatch(/\nfirst\nran-42\nlast/);
});

test('where pages have no clipboard of their own, as on plain http, a dialog over the page copies all the same', async () => {
  const page = await world.open('/', allowed);
  await startLab(page);
  await run(page, 'clear; echo over-$((40+2))');
  await sees(page, /^over-42/);
  await fillClipboard(page, 'before');
  await page.evaluate(`window.read = navigator.clipboard.readText.bind(navigator.clipboard)`);
  await page.evaluate(`Object.defineProperty(navigator, 'clipboard', { value: undefined })`);
  await page.keyboard.press('Control+Shift+H');
  const copyOutput = 'dialog[open] .tp-command button';
  await page.focus(copyOutput);
  await page.keyboard.press('Enter');
  await holds(page, `read().then((text) => text === 'over-42')`);
  expect(await page.evaluate(`document.activeElement === document.querySelector('${copyOutput}')`)).toBe(true);
});

test('by the menu of the right mouse button: Copy takes the selection, Paste types it, and what is typed next is only itself', async () => {
  const page = await world.open('/', allowed);
  await startLab(page);
  await run(page, 'clear; echo menu-word');
  await sees(page, /^menu-word/);
  await selectFirstWord(page);
  const first = await page.locator('.xterm-rows > div:first-child').boundingBox();
  if (!first) throw new Error('the terminal has no rows');
  await page.mouse.click(first.x + 12, first.y + first.height / 2, { button: 'right' });
  await holds(page, `document.activeElement.value === 'menu-word'`);
  await chooseFromMenu(page, 'copy');
  await clipboardIs(page, 'menu-word');
  await compose(page, ['ㄱ', '가', '각']);
  await sees(page, /[#$] 각$/);
  await fillClipboard(page, '-붙임');
  await chooseFromMenu(page, 'paste');
  await sees(page, /[#$] 각-붙임$/);
});

/** What the browser does when its menu's entry is chosen; without a screen there is no menu to open. */
async function chooseFromMenu(page: Page, entry: 'copy' | 'paste'): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', commands: [entry] });
  await session.detach();
}
