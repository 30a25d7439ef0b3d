import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type BrowserWorld, openBrowserWorld } from './support/browser-world.ts';
import { field, holds, paste, run, screenText, sees, startLab } from './support/learner-hands.ts';

let world: BrowserWorld;
beforeAll(async () => {
  world = await openBrowserWorld();
});
afterAll(() => world[Symbol.asyncDispose]());
afterEach(async () => {
  world.cut(false);
  world.mute(false);
  for (const context of world.browser.contexts()) await context.close();
  expect(world.complaints.splice(0)).toEqual([]);
});

const shownState = `document.querySelector('.tp-panel:not([hidden])').dataset.state`;
const status = `document.querySelector('.tp-panel:not([hidden]) .tp-status').innerText`;

test('the part that every page loads is small, and the terminal is loaded only with a lab', async () => {
  const sizes = [...world.scriptBytes];
  const always = sizes.filter(([name]) => name === 'islands.js' || /\/ko-/.test(name));
  expect(always).toHaveLength(2);
  expect(always.reduce((sum, [, bytes]) => sum + bytes, 0)).toBeLessThanOrEqual(12.5 * 1024);
  const page = await world.open();
  await holds(page, `document.querySelector('tadak-lab-status').dataset.state === 'none'`);
  expect(
    await page.evaluate(`performance.getEntriesByType('resource').some(({ name }) => /terminal-pane/.test(name))`),
  ).toBe(false);
});

test('typing reaches the shell and its output the screen', async () => {
  const page = await world.open();
  await startLab(page);
  await run(page, 'echo $((6*7))-done');
  await sees(page, '42-done');
});

test('a paste of one megabyte arrives byte for byte, after asking because the program would run its lines', async () => {
  const page = await world.open();
  await startLab(page);
  await run(page, 'stty -echo; echo ready-$((1+1)); cat > big.txt; stty echo; sha1sum big.txt; echo pasted');
  await sees(page, /\nready-2/);
  const lines = Array.from({ length: 16_384 }, (_, index) => `${String(index).padStart(60, '.')}한\n`);
  const text = lines.join('');
  expect(Buffer.byteLength(text)).toBeGreaterThan(1024 * 1024 - 1);
  await paste(page, text);
  await page.click('dialog button[value=yes]');
  await page.focus(field);
  await page.keyboard.press('Control+d');
  const shown = await sees(page, /\npasted/, 30_000);
  expect(shown).toContain(createHash('sha1').update(text).digest('hex'));
});

test('a reload brings the same screen back, and input goes on', async () => {
  const page = await world.open();
  await startLab(page);
  // More than the server repeats as it was printed: the page gets a snapshot.
  await run(page, 'seq 200000; X=kept; echo before-$X');
  await sees(page, 'before-kept');
  await page.reload();
  await sees(page, 'before-kept');
  await page.focus(field);
  await run(page, 'echo after-$X');
  const text = await sees(page, 'after-kept');
  expect(text.match(/before-kept/g)).toHaveLength(1);
});

test('after a reload nothing of half a megabyte is missing, and the jump to the command that printed it still works', async () => {
  const page = await world.open();
  await startLab(page);
  // Lines that fit the pane, in many colours: as many as a page keeps.
  await run(page, `seq -f $'line-%.0f ${String.raw`\e[38;2;100;110;120m..`.repeat(5)}\\e[0m' 4500`);
  await sees(page, 'line-4500');
  // Printed in one size, shown in another: the pane has changed meanwhile.
  await page.setViewportSize({ width: 1000, height: 500 });
  await run(page, 'echo last-$((1+1))');
  await sees(page, /\nlast-2\n/);
  await page.reload();
  // The prompt after it, too: jumps count from there.
  await sees(page, /\nlast-2\n.*[#$]/);
  await page.focus(field);
  await page.keyboard.press('Control+Shift+ArrowUp');
  await sees(page, 'echo last-');
  await page.keyboard.press('Control+Shift+ArrowUp');
  const text = await sees(page, /seq -f[\s\S]*line-1 /);
  expect(text).toContain('line-2 ');
});

test('a reloaded page is the same viewer, a duplicated browser tab is another', async () => {
  const page = await world.open();
  await startLab(page);
  const viewer = `sessionStorage.getItem('tadak.viewer')`;
  const first = await page.evaluate<string>(viewer);
  await page.reload();
  await sees(page, /\$|#/);
  expect(await page.evaluate(viewer)).toBe(first);
  // A window opened by a page gets a copy of its session storage, as a duplicated tab does.
  const [copy] = await Promise.all([page.waitForEvent('popup'), page.evaluate(`void window.open(location.href)`)]);
  await sees(copy, /\$|#/);
  expect(await copy.evaluate(viewer)).toMatch(/^[0-9a-f]{32}$/);
  expect(await copy.evaluate(viewer)).not.toBe(first);
});

test('after a cut the page says so, keeps what is typed, and sends it once', async () => {
  const page = await world.open();
  await startLab(page);
  await run(page, 'for i in $(seq 60); do echo line-$i; sleep 0.05; done');
  await sees(page, 'line-3');
  world.cut(true);
  await holds(page, `${shownState} === 'waiting' || ${shownState} === 'connecting'`);
  await page.keyboard.type('echo 돌아옴');
  await holds(page, `${status}.includes('입력 8자 대기 중')`);
  world.cut(false);
  await page.evaluate(`window.dispatchEvent(new Event('online'))`);
  await holds(page, `${shownState} === 'attached'`);
  await page.keyboard.press('Enter');
  const text = await sees(page, /\n돌아옴\n/);
  const numbers = [...text.matchAll(/^line-(\d+)$/gm)].map(([, number]) => Number(number));
  expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  expect(numbers.at(-1)).toBe(60);
});

const kept = `Object.entries(sessionStorage).filter(([key]) => key.startsWith('tadak.unsent')).join()`;
/** Waits until the page has been told that everything typed has arrived: what has not is kept whenever the page may be left. */
const allArrived = (page: Page) => holds(page, `(window.dispatchEvent(new Event('pagehide')), ${kept}) === ''`);

/** What the browser believes of its network. */
const believe = (page: Page, isOnline: boolean) =>
  page.evaluate(`(() => {
    Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => ${isOnline} });
    window.dispatchEvent(new Event('${isOnline ? 'online' : 'offline'}'));
  })()`);

test('a network that swallows everything shows within seconds, with what waits, and its return is felt at once', async () => {
  const page = await world.open();
  await startLab(page);
  await run(page, 'echo before');
  await sees(page, /\nbefore\n/);
  await allArrived(page);
  world.mute(true);
  await believe(page, false);
  await holds(page, `${status}.includes('오프라인이에요')`, 5000);
  await page.keyboard.type('echo 돌아옴');
  await holds(page, `${status}.includes('오프라인이에요 · 입력 8자 대기 중')`);
  expect(await page.evaluate(`document.querySelector('.tp-status [role=status]').textContent`)).not.toContain('8');
  world.mute(false);
  await believe(page, true);
  await holds(page, `${shownState} === 'attached'`, 5000);
  await page.keyboard.press('Enter');
  const text = await sees(page, /\n돌아옴\n/);
  expect(text.match(/돌아옴$/gm)).toHaveLength(2);
});

/** A page with a lab whose sockets are shut until it is loaded anew; pages still load. */
async function shutSockets(page: Page): Promise<void> {
  await page.addInitScript(`
    window.opened = [];
    window.WebSocket = class extends WebSocket {
      constructor(address) {
        super(window.isShut ? new URL('/ws/nowhere', address) : address);
        window.opened.push(this);
      }
    };`);
  await page.reload();
  await startLab(page);
  await run(page, 'echo ready');
  await sees(page, /\nready\n/);
  await allArrived(page);
  await page.evaluate('window.isShut = true; for (const socket of window.opened) socket.close();');
  await holds(page, `${shownState} !== 'attached'`);
}

test('a page that is loaded anew while input waits says how much was lost, once, and sends none of it', async () => {
  const page = await world.open();
  await shutSockets(page);
  await page.keyboard.type('touch ~/한글');
  await holds(page, `${status}.includes('입력 10자 대기 중')`);
  await page.reload();
  await holds(page, `document.querySelector('.tp-status')?.innerText.includes('입력해 둔 10자는 보내지 못했어요')`);
  expect(await page.evaluate(kept)).toBe('');
  await page.focus(field);
  await run(page, 'echo after; ls ~');
  expect(await sees(page, /\nafter\n/)).not.toContain('한글');
  await page.reload();
  await sees(page, /\nafter\n/);
  expect(await page.evaluate(status)).not.toContain('보내지 못했어요');
});

test('a page that the browser discarded is the same viewer when it is loaded anew, and says how much was lost', async () => {
  const page = await world.open();
  await shutSockets(page);
  const viewer = await page.evaluate(`sessionStorage['tadak.viewer']`);
  await page.keyboard.type('ls 한글');
  await holds(page, `${status}.includes('입력 5자 대기 중')`);
  // Hidden pages are discarded, and are not told.
  await page.evaluate(`void document.dispatchEvent(new Event('visibilitychange'))`);
  await page.evaluate(`addEventListener('pagehide', (event) => event.stopImmediatePropagation(), { capture: true })`);
  await page.addInitScript(`sessionStorage.removeItem('tadak.viewer-free');
    Object.defineProperty(document, 'wasDiscarded', { value: true });`);
  await page.reload();
  await holds(page, `document.querySelector('.tp-status')?.innerText.includes('입력해 둔 5자는 보내지 못했어요')`);
  expect(await page.evaluate(`sessionStorage['tadak.viewer']`)).toBe(viewer);
});

test('a browser that believes itself offline keeps a terminal that works', async () => {
  const page = await world.open();
  await startLab(page);
  let opened = 0;
  page.on('websocket', () => (opened += 1));
  await page.evaluate(`window.states = []; new MutationObserver(() => window.states.push(${shownState}))
    .observe(document.querySelector('.tp-panel:not([hidden])'), { attributes: true, attributeFilter: ['data-state'] })`);
  await believe(page, false);
  await run(page, 'sleep 2; echo still-$((1+1))');
  await sees(page, /\nstill-2\n/);
  expect(await page.evaluate('window.states')).toEqual([]);
  expect(opened).toBe(0);
  expect(await page.evaluate(status)).not.toContain('오프라인');
});

test('the shell has the size of the pane, before and after a resize', async () => {
  const page = await world.open();
  await startLab(page);
  const rowsShown = () => page.evaluate<number>(`document.querySelectorAll('.xterm-rows > div').length`);
  await run(page, 'stty size');
  const before = /\n(\d+) (\d+)\n/.exec(await sees(page, /\n\d+ \d+\n/));
  expect(Number(before?.[1])).toBe(await rowsShown());
  await page.setViewportSize({ width: 1000, height: 500 });
  await holds(page, `document.querySelectorAll('.xterm-rows > div').length < ${before?.[1]}`);
  await run(page, 'clear; echo now $(stty size)');
  const after = /\nnow (\d+) (\d+)/.exec(`\n${await sees(page, /now \d+ \d+/)}`);
  expect(Number(after?.[1])).toBe(await rowsShown());
  expect(Number(after?.[2])).toBeLessThan(Number(before?.[2]));
});

test('a second window keeps the size of the one that is worked in, and says so', async () => {
  const page = await world.open();
  await startLab(page);
  const other = await page.context().newPage();
  await other.setViewportSize({ width: 700, height: 400 });
  await other.goto(world.url);
  await sees(other, /\$|#/);
  await holds(other, `${status}.includes('다른 창의 크기')`);
  await other.focus(field);
  await holds(other, `!${status}.includes('다른 창의 크기')`);
  await holds(page, `${status}.includes('다른 창의 크기')`);
});

test('in two windows a question is answered once, by the one in control, whose size stays', async () => {
  const page = await world.open();
  await startLab(page);
  const other = await page.context().newPage();
  await other.setViewportSize({ width: 700, height: 400 });
  await other.goto(world.url);
  await sees(other, /\$|#/);
  await holds(other, `${status}.includes('다른 창의 크기')`);
  await page.bringToFront();
  await page.focus(field);
  // As editors do when they start: device attributes and the cursor's place, several times; the program ends at a key.
  const ask = String.raw`printf '\e[c\e[6n\e[c\e[6n'; echo asked`;
  await run(
    page,
    `clear; stty -echo -icanon; ${ask}; IFS= read -rsd q answers; stty sane; printf %s "$answers" | tr -cd cR; echo =`,
  );
  await Promise.all([page, other].map((each) => sees(each, /\nasked|^asked/)));
  await page.keyboard.press('q');
  await sees(other, 'cRcR=');
  expect(await sees(page, 'cRcR=')).not.toContain('cRcRc');
  await holds(page, `!${status}.includes('다른 창의 크기')`);
});

test('a program hears that the window it is worked in has the focus, also when another had it before', async () => {
  const page = await world.open();
  await startLab(page);
  const other = await page.context().newPage();
  await other.goto(world.url);
  await sees(other, /\$|#/);
  await page.bringToFront();
  await page.focus(field);
  await run(
    page,
    String.raw`clear; stty -echo -icanon; printf '\e[?1004h'; echo asked; IFS= read -rsd q marks; stty sane; printf '\e[?1004l'; printf %s "$marks" | tr -cd IO; echo =`,
  );
  await Promise.all([page, other].map((each) => sees(each, /\nasked|^asked/)));
  await other.evaluate(`document.activeElement.blur()`);
  await other.focus(field);
  await holds(other, `!${status}.includes('다른 창의 크기')`);
  // The window that is left alone says nothing of what happens to its own focus.
  await page.evaluate(`document.activeElement.blur()`);
  await other.keyboard.press('q');
  // The window in control says so when the program asks, the other one when it gets the focus.
  expect(await sees(other, /[IO]*=\n/)).toMatch(/^II=$/m);
});

test('the keyboard gets out of the terminal, Tab stays with the shell, and a hint says how', async () => {
  const page = await world.open();
  await startLab(page);
  await holds(page, `${status}.includes('Ctrl+Shift+E')`);
  await page.keyboard.press('Tab');
  expect(await page.evaluate(`document.activeElement.className`)).toContain('xterm-helper-textarea');
  await page.keyboard.press('Control+Shift+E');
  expect(await page.evaluate(`document.activeElement.getAttribute('role')`)).toBe('tab');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(`document.activeElement.getAttribute('aria-label')`)).toBe('터미널 더 열기');
});

test('an ended shell says so, and a key opens another', async () => {
  const page = await world.open();
  await startLab(page);
  await run(page, 'exit 3');
  await holds(page, `${status}.includes('종료 코드 3')`);
  await page.keyboard.press('a');
  await holds(page, `${shownState} === 'attached'`);
  await run(page, 'echo new-$((1+1))');
  expect(await sees(page, 'new-2')).not.toContain('aecho');
});

test('a command clicked at an ended shell opens another and stands at its prompt', async () => {
  const page = await world.open();
  await startLab(page);
  await run(page, 'exit');
  await holds(page, `${shownState} === 'exited'`);
  await page.click('text=heredoc');
  await sees(page, /^\S+[$#] cat <<EOF\nfirst line\nEOF/);
  expect(await page.evaluate(status)).not.toContain('보내지 않았어요');
  await page.click('text=heredoc');
  await sees(page, /\nfirst line\n\S+[$#]/);
});

test('terminals open and hide, and a hidden one keeps its shell', async () => {
  const page = await world.open();
  await startLab(page);
  await page.click('[aria-label="터미널 더 열기"]');
  await sees(page, /\$|#/);
  await run(page, 'Y=second; echo in-$Y');
  await sees(page, 'in-second');
  await page.click('[aria-label^="터미널 2 숨기기"]');
  expect(await page.locator('[role=tab]').count()).toBe(1);
  await page.click('[aria-label="터미널 더 열기"]');
  await sees(page, 'in-second');
  await run(page, 'echo still-$Y');
  await sees(page, 'still-second');
});

test('a click types a command, a second click runs it, and one of several lines arrives as one', async () => {
  const page = await world.open();
  await startLab(page);
  await page.click('text=type');
  expect(await sees(page, 'echo 안녕-$((40+2))')).not.toContain('안녕-42');
  await page.click('text=type');
  await sees(page, '안녕-42');
  await page.click('text=heredoc');
  await sees(page, 'first line');
  await page.click('text=heredoc');
  await sees(page, /\nfirst line\n\S+[$#]/);
});

test('a command clicked before there is a lab starts it and waits for it', async () => {
  const page = await world.open();
  await holds(page, `document.querySelector('tadak-lab-status').dataset.state === 'none'`);
  await page.click('text=type');
  await sees(page, 'echo 안녕-$((40+2))');
});

test('a program in the lab fills the clipboard once, not again after a reload, and never reads it', async () => {
  const page = await world.open('/', { permissions: ['clipboard-read', 'clipboard-write'] });
  await startLab(page);
  await run(page, String.raw`printf '\e]52;c;%s\a' $(printf 타닥 | base64); echo copied`);
  await sees(page, /\ncopied/);
  await holds(page, `navigator.clipboard.readText().then((text) => text === '타닥')`);
  await page.evaluate(`navigator.clipboard.writeText('of my own')`);
  await page.reload();
  await sees(page, /\ncopied/);
  await page.focus(field);
  await run(page, 'echo live-$((1+1))');
  await sees(page, /\nlive-2\n/);
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('of my own');
  await run(page, String.raw`printf '\e]52;c;?\a'; read -t 1 -n 30 answer; echo "[$(printf %s "$answer" | base64)]"`);
  expect(await sees(page, /\n.*\[[^\]$]*\]\n/)).not.toContain(Buffer.from('타닥').toString('base64').slice(0, 6));
});

test('colours follow the page, text can be found, settings are kept', async () => {
  const page = await world.open();
  await startLab(page);
  const paper = `getComputedStyle(document.querySelector('.xterm .xterm-scrollable-element') ?? document.body).backgroundColor`;
  const light = await page.evaluate(paper);
  await page.evaluate(`document.documentElement.dataset.theme = 'dark'`);
  await holds(page, `${paper} !== ${JSON.stringify(light)}`);
  await run(page, 'echo needle');
  await page.keyboard.press('Control+Shift+F');
  await page.keyboard.type('needle');
  await holds(page, `document.querySelector('.tp-count').textContent.includes('2개 가운데')`);
  await page.keyboard.press('Escape');
  await page.click('[aria-label="터미널 설정"]');
  await page.click('[aria-label="글자 크게"]');
  await page.click('text=닫기');
  expect(await page.evaluate(`JSON.parse(localStorage.getItem('tadak.terminal')).fontSize`)).toBe(15);
  await page.reload();
  await sees(page, /\$|#/);
  await holds(
    page,
    `document.querySelector('.xterm-rows').style.fontSize === '15px' || getComputedStyle(document.querySelector('.xterm-rows')).fontSize === '15px'`,
  );
});

test('a phone has keys that it lacks, and room for the terminal’s name', async () => {
  const page = await world.open('/', { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true });
  await startLab(page);
  const shown = `[...document.querySelectorAll('.tp-bar > button')].filter((each) => each.offsetWidth > 0).map((each) => each.className)`;
  expect(await page.evaluate(`${shown}.filter((name) => /previous|next/.test(name))`)).toEqual([]);
  expect(await page.evaluate(`document.querySelector('[role=tablist]').scrollWidth`)).toBe(
    await page.evaluate(`document.querySelector('[role=tablist]').clientWidth`),
  );
  await run(page, 'echo upward');
  await sees(page, /\nupward/);
  await page.tap('[aria-label="위쪽 화살표"]');
  await page.keyboard.press('Enter');
  await sees(page, /\nupward\n[^\n]*\nupward/);
  await run(page, 'sleep 100');
  await page.tap('.tp-keys >> text=Ctrl');
  await page.keyboard.type('c');
  await sees(page, '^C');
});

test('nothing in the dock fails the accessibility rules, in light and in dark', async () => {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const page = await world.open();
  await startLab(page);
  await run(page, String.raw`printf '\e[31mred \e[32mgreen \e[33myellow \e[34mblue \e[90mgrey\e[0m\n'`);
  await sees(page, 'green yellow');
  await page.evaluate(axe);
  for (const theme of ['light', 'dark']) {
    await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
    const violations = await page.evaluate(
      `new Promise((done) => setTimeout(done, 200)).then(() => axe.run('tadak-dock')).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html.slice(0, 200)).join(' | ')))`,
    );
    expect(violations).toEqual([]);
  }
  expect(await screenText(page)).toContain('red green');
});
