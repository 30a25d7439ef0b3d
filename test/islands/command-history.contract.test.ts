import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
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

const announced = `document.querySelector('.tadak-announcer').textContent`;
const entries = `[...document.querySelectorAll('.tp-history li.tp-command')].map((entry) => [entry.querySelector('h3').textContent, entry.querySelector('strong').textContent, entry.querySelector('pre')?.textContent ?? ''])`;
const moving = `document.getAnimations().map((each) => each.effect.target.className + ' ' + (each.transitionProperty ?? each.animationName))`;
const openDialog = `document.querySelector('dialog.tp-history[open] h3') !== null`;

/**
 * Three commands: one with three lines, one that fails, one without output. Each waits for the prompt before it, since
 * what is typed while a command runs is echoed into its output.
 */
async function threeCommands(page: Page): Promise<void> {
  await run(page, String.raw`printf '\e[31mone\e[0m\n두 번째\nthree\n'`);
  await sees(page, /\nthree\n/);
  await run(page, 'ls /no-such-place; (exit 7)');
  await sees(page, /directory\n[^\n]*[$#]$/);
  await run(page, 'true');
  await sees(page, /[$#] true\n[^\n]*[$#]$/, 20_000);
}

/** The terminal's paper by colours and theme. */
const papers = new Map([
  ['page light', '#fbfaf7'],
  ['page dark', '#161614'],
  ['contrast light', '#ffffff'],
  ['contrast dark', '#000000'],
]);

/** Everything that the page's announcer says from now on. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(`(() => {
    window.said = [];
    new MutationObserver(() => { const text = ${announced}; if (text) window.said.push(text); })
      .observe(document.querySelector('.tadak-announcer'), { childList: true, characterData: true, subtree: true });
  })()`);
  return () => page.evaluate<string[]>('window.said');
}

test('the history tells each command with its exit code and output, by a key and by a button', async () => {
  const page = await world.open();
  await startLab(page);
  await threeCommands(page);
  await page.keyboard.press('Control+Shift+H');
  await holds(page, openDialog);
  const shown = await page.evaluate<string[][]>(entries);
  expect(shown[0]).toEqual([
    String.raw`printf '\e[31mone\e[0m\n두 번째\nthree\n'`,
    '종료 코드 0',
    'one\n두 번째\nthree',
  ]);
  expect(shown[1]?.slice(0, 2)).toEqual(['ls /no-such-place; (exit 7)', '종료 코드 7']);
  expect(shown[2]).toEqual(['true', '종료 코드 0', '']);
  await page.keyboard.press('Escape');
  await holds(page, `document.activeElement.classList.contains('xterm-helper-textarea')`);
  await page.click('[aria-label="명령 기록"]');
  await holds(page, openDialog);
});

test('arrow keys walk along the headings, Tab reaches the output, a command that ends meanwhile is added', async () => {
  const page = await world.open();
  await startLab(page);
  await threeCommands(page);
  await run(page, 'echo run"-"ning; until [ -e ~/go ]; do :; done; echo went-on');
  await sees(page, /\nrun-ning/);
  await page.keyboard.press('Control+Shift+H');
  await holds(page, openDialog);
  const focused = () => page.evaluate<string>('document.activeElement.textContent');
  expect(await focused()).toContain('went-on');
  await page.keyboard.press('ArrowUp');
  expect(await focused()).toBe('true');
  await page.keyboard.press('Home');
  expect(await focused()).toContain('printf');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(`document.activeElement.getAttribute('aria-label')`)).toBe('명령 1의 출력');
  const other = await page.context().newPage();
  await other.goto(world.url);
  await sees(other, /\$|#/);
  await other.click('[aria-label="터미널 더 열기"]');
  await other.focus(field);
  await run(other, 'touch ~/go');
  await holds(page, `(${entries}).at(-1)[2] === 'run-ning\\nwent-on'`);
  expect((await page.evaluate<string[][]>(entries)).at(-1)?.[1]).toBe('종료 코드 0');
});

test('a history that was closed before it was read asks nothing more', async () => {
  const page = await world.open();
  await startLab(page);
  const { promise: isClosed, resolve: close } = Promise.withResolvers<void>();
  let asked = 0;
  await page.route('**/commands*', async (route) => {
    asked += 1;
    await isClosed;
    await route.continue();
  });
  await page.keyboard.press('Control+Shift+H');
  await until('the history asks', () => asked > 0);
  const answer = page.waitForResponse('**/commands*');
  await page.keyboard.press('Escape');
  await holds(page, `document.querySelector('dialog') === null`);
  close();
  await (await answer).finished();
  await run(page, 'true');
  await holds(page, `${announced} !== ''`);
  expect(asked).toBe(1);
});

test('the history outlives a reload that brings the screen back as a picture', async () => {
  const page = await world.open();
  await startLab(page);
  await run(page, 'echo first-$((1+1))');
  await sees(page, /\nfirst-2\n/);
  // More than the server repeats as it was printed.
  await run(page, 'seq 200000');
  await sees(page, /\n200000\n/);
  await page.reload();
  await sees(page, '200000');
  await page.focus(field);
  await page.keyboard.press('Control+Shift+H');
  await holds(page, openDialog);
  const [first, second] = await page.evaluate<string[][]>(entries);
  expect(first?.[2]).toBe('first-2');
  expect(second?.[2]?.split('\n').slice(-2)).toEqual(['199999', '200000']);
});

test('one short sentence tells that a command ended, none for a repeated one, and the setting silences it', async () => {
  const page = await world.open();
  await startLab(page);
  const said = await listen(page);
  await run(page, 'seq 300; (exit 3)');
  await until('the end is told', async () => (await said()).length > 0 || undefined, { seen: said });
  expect(await said()).toEqual(['명령이 끝났어요. 종료 코드 3, 출력 300줄.']);
  await page.reload();
  await sees(page, '300');
  const saidLater = await listen(page);
  await page.focus(field);
  await run(page, 'echo live');
  await until('the end is told', async () => (await saidLater()).length > 0 || undefined, { seen: saidLater });
  expect(await saidLater()).toEqual(['명령이 끝났어요. 종료 코드 0, 출력 1줄.']);
  await page.click('[aria-label="터미널 설정"]');
  await page.selectOption('.tp-settings label:has-text("화면 읽기 프로그램에 알리기") select', 'none');
  await page.click('.tp-settings >> text=닫기');
  await page.focus(field);
  await run(page, 'echo silent');
  await run(page, 'echo done-$((2+2))');
  await sees(page, 'done-4');
  await page.keyboard.press('Control+Shift+ArrowUp');
  await until('the jump is told', async () => (await saidLater()).length > 1 || undefined, { seen: saidLater });
  expect((await saidLater())[1]).toContain('여기: ');
});

test('screen reader mode does not read every line aloud unless it is asked to', async () => {
  const page = await world.open();
  await startLab(page);
  await page.click('[aria-label="터미널 설정"]');
  await page.click('text=화면 읽기 프로그램 지원');
  await holds(page, `document.querySelector('.live-region').getAttribute('aria-live') === 'off'`);
  await page.selectOption('.tp-settings label:has-text("화면 읽기 프로그램에 알리기") select', 'all');
  await holds(page, `document.querySelector('.live-region').getAttribute('aria-live') === 'assertive'`);
  await page.click('.tp-settings >> text=닫기');
  const described = await page.evaluate<string>(
    `document.getElementById(document.querySelector(${JSON.stringify(field)}).getAttribute('aria-describedby')).textContent`,
  );
  expect(described).toContain('터미널에서 나가기: Ctrl+Shift+E');
});

test('keys and buttons jump between the commands in the scrollback', async () => {
  const page = await world.open();
  await startLab(page);
  // Each ends in a number of its own: the end of the first must not be taken for the end of the second.
  await run(page, ': alpha; seq 200; echo $((1000+1))');
  await sees(page, /\n1001\n[^\n]*[$#]$/);
  await run(page, ': beta; seq 200; echo $((1000+2))');
  await sees(page, /\n1002\n[^\n]*[$#]$/);
  await page.keyboard.press('Control+Shift+ArrowUp');
  expect((await sees(page, ': beta; seq 200')).split('\n')[0]).toContain(': beta');
  await page.click('[aria-label="이전 명령으로"]');
  expect((await sees(page, ': alpha; seq 200')).split('\n')[0]).toContain(': alpha');
  await page.focus(field);
  await page.keyboard.press('Control+Shift+ArrowDown');
  await sees(page, ': beta; seq 200');
  await page.click('[aria-label="다음 명령으로"]');
  await sees(page, /\n1002\n[^\n]*[$#]$/);
});

test('the output of a command is copied from the history, and of the last one by a key', async () => {
  const page = await world.open('/', { permissions: ['clipboard-read', 'clipboard-write'] });
  await startLab(page);
  await run(page, 'seq 3');
  await sees(page, /\n3\n[^\n]*[$#]$/);
  await run(page, 'echo last-한글');
  await sees(page, /\nlast-한글\n/);
  const clipboard = () => page.evaluate<string>('navigator.clipboard.readText()');
  const copies = (text: string) =>
    until(`${text} is copied`, async () => (await clipboard()) === text || undefined, {
      seen: async () => [
        await clipboard(),
        await page.evaluate(`document.querySelector('.tp-history-notice')?.textContent`),
      ],
    });
  await page.keyboard.press('Control+Shift+O');
  await copies('last-한글');
  await page.keyboard.press('Control+Shift+H');
  await page.click('[aria-label="명령 1의 출력 복사"]');
  await copies('1\n2\n3');
});

test('the transcript is a plain text with times, exit codes and outputs', async () => {
  const page = await world.open('/en.html');
  await startLab(page);
  await run(page, 'echo $((6*7)); (exit 4)');
  await sees(page, /\n42\n/);
  await page.keyboard.press('Control+Shift+H');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('text=Download as text')]);
  expect(download.suggestedFilename()).toMatch(/^terminal-1-[\d-]+\.txt$/);
  const text = await readFile(await download.path(), 'utf8');
  expect(text).toMatch(
    /^Terminal transcript 1 · .*\n\n\[[\d-]+ [\d:]+\] Exit code 4\n\$ echo \$\(\(6\*7\)\); \(exit 4\)\n42\n$/,
  );
});

test.each([
  ['ko', 1440],
  ['ko', 390],
  ['en', 1440],
  ['en', 390],
] as const)(
  'nothing fails the accessibility rules with the history open: %s, %i px, every theme',
  async (locale, width) => {
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    const page = await world.open(locale === 'ko' ? '/' : '/en.html', { viewport: { width, height: 800 } });
    await startLab(page);
    await threeCommands(page);
    await page.evaluate(axe);
    for (const colours of ['page', 'contrast']) {
      await page.evaluate(
        `(() => { const text = JSON.stringify({ colours: '${colours}' }); window.dispatchEvent(new StorageEvent('storage', { key: 'tadak.terminal', newValue: text })); })()`,
      );
      for (const theme of ['light', 'dark']) {
        await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
        const paper = papers.get(`${colours} ${theme}`);
        await holds(page, `document.querySelector('.tp-screen').style.getPropertyValue('--tp-paper') === '${paper}'`);
        expect(await violations(page, 'tadak-dock')).toEqual([]);
        await page.focus(field);
        await page.keyboard.press('Control+Shift+H');
        await holds(page, openDialog);
        expect(await violations(page, 'dialog.tp-history')).toEqual([]);
        await page.keyboard.press('Escape');
        await holds(page, `document.querySelector('dialog') === null`);
      }
    }
  },
);

test('at 400 % zoom the history and the dock fit without scrolling sideways', async () => {
  const page = await world.open('/', { viewport: { width: 320, height: 256 }, reducedMotion: 'reduce' });
  await startLab(page);
  await run(page, `echo ${'long-'.repeat(40)}`);
  await sees(page, 'long-long');
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  await page.keyboard.press('Control+Shift+F');
  await page.keyboard.type('long-');
  await holds(page, `document.querySelector('.tp-count').textContent !== ''`);
  const outside = await page.evaluate(
    `[...document.querySelectorAll('.tp-bar > *, .tp-search, .tp-search > *')].filter((each) => { const { left, right } = each.getBoundingClientRect(); return left < 0 || right > 320; }).map((each) => each.outerHTML)`,
  );
  expect(outside).toEqual([]);
  expect(await page.evaluate(`document.querySelector('.tp-search input').clientWidth`)).toBeGreaterThan(60);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Shift+H');
  await holds(page, openDialog);
  const sideways = await page.evaluate(
    `[...document.querySelectorAll('.tp-history, .tp-history *')].filter((each) => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX !== 'visible').map((each) => each.className || each.tagName)`,
  );
  expect(sideways).toEqual([]);
  expect(await page.evaluate(moving)).toEqual([]);
});

test("in the system's own colours every button of the bar shows its icon, and what is chosen or held stands out", async () => {
  const page = await world.open('/', {
    ...{ forcedColors: 'active', hasTouch: true },
    viewport: { width: 600, height: 700 },
  });
  await startLab(page);
  const [icons, fills, papers] = await page.evaluate<[number, string[], string[]]>(`(() => {
    const icons = [...document.querySelectorAll('.tp-icon')];
    const colour = (of, part) => getComputedStyle(of, part).backgroundColor;
    return [icons.length, icons.map((icon) => colour(icon, '::before')), icons.map((icon) => colour(icon))];
  })()`);
  expect(icons).toBe(8);
  expect(fills.filter((fill, index) => fill === papers[index])).toEqual([]);
  await page.click('[aria-label="터미널 더 열기"]');
  const background = (selector: string) =>
    page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).backgroundColor`);
  expect(await background('[role=tab][aria-selected=true]')).not.toBe(
    await background('[role=tab][aria-selected=false]'),
  );
  await page.evaluate(`document.querySelector('.tp-panel:not([hidden]) .tp-keys [aria-pressed]').click()`);
  const keys = '.tp-panel:not([hidden]) .tp-keys';
  expect(await background(`${keys} [aria-pressed=true]`)).not.toBe(await background(`${keys} [aria-pressed=false]`));
  // The cursor is a background, too.
  await page.focus(field);
  const screen = '.tp-panel:not([hidden]) .tp-screen';
  await holds(page, `document.querySelector('${screen} .xterm-cursor') !== null`);
  expect(await background(`${screen} .xterm-cursor`)).not.toBe(await background(screen));
});

async function violations(page: Page, scope: string): Promise<string[]> {
  return page.evaluate<string[]>(
    `axe.run('${scope}').then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html, failureSummary }) => html.slice(0, 200) + ' ' + failureSummary).join(' | ')))`,
  );
}
