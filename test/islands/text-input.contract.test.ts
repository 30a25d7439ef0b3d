/** Hangul and other input methods in the terminal, in real Chromium. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type BrowserWorld, openBrowserWorld } from './support/browser-world.ts';
import { compose, composeOpen, field, holds, paste, run, sees, startLab } from './support/learner-hands.ts';

let world: BrowserWorld;
beforeAll(async () => {
  world = await openBrowserWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
afterEach(async () => {
  for (const context of world.browser.contexts()) await context.close();
  expect(world.complaints.splice(0)).toEqual([]);
});

test('Hangul composed as on a two-set keyboard arrives once and whole', async () => {
  const page = await world.open();
  await startLab(page);
  await page.keyboard.type("printf %s '");
  await compose(page, ['ㅎ', '하', '한', '한ㄱ', '그', '글', '글ㅇ', '이', '인', '이나']);
  await page.keyboard.type("' | od -An -tx1 | tr -d ' \\n'; echo =");
  await page.keyboard.press('Enter');
  const hex = Buffer.from('한글이나').toString('hex');
  await sees(page, `${hex}=`);
});

test('a quick typist loses no syllable on a page that lags', async () => {
  const page = await world.open();
  await startLab(page);
  // Timers starve, as they do while much output is drawn; events of the keyboard come first.
  await page.evaluate(`setInterval(() => { const end = performance.now() + 80; while (performance.now() < end); }, 1)`);
  await page.keyboard.type("printf %s '");
  await compose(page, ['ㅎ', '하', '한', '한ㄱ', '그', '글', '글ㅇ', '이', '인', '이나']);
  await page.keyboard.type('-');
  await compose(page, ['ㄷ', '다', '닥', '닥ㄱ']);
  await page.keyboard.type("' | od -An -tx1 | tr -d ' \\n'; echo =");
  await page.keyboard.press('Enter');
  await sees(page, `${Buffer.from('한글이나-닥ㄱ').toString('hex')}=`);
});

test('a browser that replaces syllables in its field instead of composing them is understood', async () => {
  const page = await world.open();
  await startLab(page);
  await page.keyboard.type("printf %s '");
  // The events of WebKit for 한 and then 구, key by key.
  await page.evaluate(`(() => {
    const field = document.querySelector(${JSON.stringify(field)});
    const start = field.value;
    const change = (inputType, data, value) => {
      field.dispatchEvent(new KeyboardEvent('keydown', { keyCode: 229, key: 'Process', bubbles: true }));
      field.dispatchEvent(new InputEvent('beforeinput', { inputType, data, bubbles: true }));
      field.value = start + value;
      field.dispatchEvent(new InputEvent('input', { inputType, data, bubbles: true }));
    };
    change('insertText', 'ㅎ', 'ㅎ');
    change('insertReplacementText', '하', '하');
    change('insertReplacementText', '한', '한');
    change('insertText', 'ㄱ', '한ㄱ');
    change('insertReplacementText', '구', '한구');
  })()`);
  await page.keyboard.type("' | od -An -tx1 | tr -d ' \\n'; echo =");
  await page.keyboard.press('Enter');
  await sees(page, `${Buffer.from('한구').toString('hex')}=`);
});

test('what the page puts into the input field by itself is never typed', async () => {
  const page = await world.open();
  await startLab(page);
  await page.evaluate(`(() => {
    const area = document.querySelector(${JSON.stringify(field)});
    area.value = 'rm -rf selected';
    area.select();
  })()`);
  await page.keyboard.insertText('echo 골라도');
  await page.keyboard.press('Enter');
  const text = await sees(page, /\n골라도(\n|$)/);
  expect(text).not.toContain('selected');
});

test('Enter right after a syllable runs the command with it', async () => {
  const page = await world.open();
  await startLab(page);
  await page.keyboard.type('echo ');
  await compose(page, ['ㄱ', '가']);
  await page.keyboard.press('Enter');
  const text = await sees(page, /\n가(\n|$)/);
  expect(text.match(/가/g)).toHaveLength(2);
});

test('Backspace inside a syllable takes a letter of it, and nothing that was typed before', async () => {
  const page = await world.open();
  await startLab(page);
  await page.keyboard.type("printf %s '");
  await compose(page, ['ㄱ', '가']);
  await composeOpen(page, ['ㅎ', '하', '한', '하', 'ㅎ', '']);
  await composeOpen(page, ['ㄴ', '나', '낙', '나', '날']);
  await page.keyboard.insertText('날');
  await page.keyboard.type("' | od -An -tx1 | tr -d ' \\n'; echo =");
  await page.keyboard.press('Enter');
  await sees(page, `${Buffer.from('가날').toString('hex')}=`);
});

test('a syllable that loses the focus is typed, once, and the next one begins anew', async () => {
  const page = await world.open();
  await startLab(page);
  await page.keyboard.type("printf %s '");
  await composeOpen(page, ['ㄱ', '가']);
  await page.click('h1');
  await sees(page, "printf %s '가");
  await page.focus(field);
  await composeOpen(page, ['ㄴ', '나']);
  await page.evaluate(`document.activeElement.blur()`);
  await page.focus(field);
  await page.keyboard.type("' | od -An -tx1 | tr -d ' \\n'; echo =");
  await page.keyboard.press('Enter');
  await sees(page, `${Buffer.from('가나').toString('hex')}=`);
});

test('a quick typist loses nothing while output arrives', async () => {
  const page = await world.open();
  await startLab(page);
  await run(page, '(while :; do echo noise-$RANDOM; sleep 0.003; done) & noise=$!');
  await sees(page, /noise-\d+\nnoise-\d+/);
  const syllables = [...'다람쥐헌쳇바퀴에타고파'];
  await page.keyboard.type("printf %s '");
  for (const syllable of syllables) await compose(page, [syllable.normalize('NFD').charAt(0), syllable]);
  await run(page, "' > typed; kill $noise; wait; clear; od -An -tx1 typed | tr -d ' \\n'; echo =");
  await holds(page, `document.querySelector('.xterm-rows').textContent.includes('=')`);
  const shown = await sees(page, /^[0-9a-f\n]+=/);
  expect(shown.replaceAll('\n', '')).toContain(`${Buffer.from(syllables.join('')).toString('hex')}=`);
});

test('the terminal keeps its size while a syllable is open, and follows its pane when it is done', async () => {
  const page = await world.open();
  await startLab(page);
  const rowsShown = `document.querySelectorAll('.xterm-rows > div').length`;
  const before = await page.evaluate<number>(rowsShown);
  await page.keyboard.type("printf %s '");
  await composeOpen(page, ['ㅎ', '하']);
  await page.setViewportSize({ width: 1000, height: 500 });
  // Far longer than a pane has to rest before its terminal follows.
  const resizedAt = await page.evaluate<number>('performance.now()');
  await holds(page, `innerHeight === 500 && performance.now() > ${resizedAt + 500}`);
  expect(await page.evaluate(rowsShown)).toBe(before);
  await composeOpen(page, ['한']);
  await page.keyboard.insertText('한');
  await page.keyboard.type("' | od -An -tx1 | tr -d ' \\n'; echo =");
  await holds(page, `${rowsShown} < ${before}`);
  await page.keyboard.press('Enter');
  await sees(page, `${Buffer.from('한').toString('hex')}=`);
});

const phone = { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true };
const bar = (key: string) => `.tp-keys [aria-label="${key}"]`;

test("on a phone the bar's keys come after the word that is being typed, and the next word begins anew", async () => {
  const page = await world.open('/', phone);
  await startLab(page);
  await run(page, 'mkdir -p d/folder; clear; echo made');
  await sees(page, /^made\n\S+[#$]$/);
  await page.keyboard.type('echo d');
  await page.tap(bar('/'));
  await composeOpen(page, ['f', 'fo', 'fol']);
  await page.tap(bar('Tab'));
  await sees(page, 'echo d/folder/');
  await composeOpen(page, ['x', 'xy']);
  await page.tap(bar('-'));
  await composeOpen(page, ['ㅎ', '하', '한']);
  await page.tap(bar('|'));
  await run(page, 'tr d D');
  await sees(page, /\nD\/folDer\/xy-한/);
});

test('on a phone a held Ctrl or Alt takes the letter in composition at once, also a Korean one', async () => {
  const page = await world.open('/', phone);
  await startLab(page);
  for (const [letter, end] of [
    ['c', 'one'],
    ['ㅊ', 'two'],
  ] as const) {
    await run(page, `sleep 100; echo never; clear`);
    await page.tap(bar('Ctrl'));
    await composeOpen(page, [letter]);
    await sees(page, '^C');
    await run(page, `clear; echo ended-${end}`);
    await sees(page, new RegExp(`^ended-${end}`));
  }
  await run(page, 'stty -icanon -echo; echo ready; head -c 13 | od -An -tx1; stty sane');
  await sees(page, /\nready/);
  await page.tap(bar('Ctrl'));
  await page.tap(bar('왼쪽 화살표'));
  await page.tap(bar('Alt'));
  await composeOpen(page, ['b']);
  await composeOpen(page, ['b']);
  await page.tap(bar('Alt'));
  await page.tap(bar('Esc'));
  await composeOpen(page, ['q']);
  await page.tap(bar('-'));
  await sees(page, '1b 5b 31 3b 35 44 1b 62 62 1b 1b 71 2d');
});

test('a shell that ended is followed by another when a syllable is typed, a text is pasted or the bar is tapped', async () => {
  const page = await world.open('/', phone);
  await startLab(page);
  const ways = [() => compose(page, ['ㄱ', '가']), () => paste(page, 'pasted'), () => page.tap(bar('|'))];
  for (const [index, ask] of ways.entries()) {
    await run(page, 'exit');
    await holds(page, `document.querySelector('.tp-panel').dataset.state === 'exited'`);
    await page.focus(field);
    await ask();
    await holds(page, `document.querySelector('.tp-panel').dataset.state === 'attached'`);
    await run(page, `clear; echo shell-$((${index}+1))`);
    await sees(page, new RegExp(`^shell-${index + 1}`));
  }
});
