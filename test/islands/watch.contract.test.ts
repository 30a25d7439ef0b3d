/** An owner's page and the page of somebody who looks on, in two browsers, on the site as it is built. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { tinyFolder } from '../server/app/test-app.ts';
import { type BrowserWorld, openBrowserWorld } from './support/browser-world.ts';
import { field, holds, paste, run, screenText, sees, startLab } from './support/learner-hands.ts';
import { until } from './support/until.ts';

let world: BrowserWorld;
beforeAll(async () => {
  world = await openBrowserWorld(tinyFolder);
});
afterAll(() => world[Symbol.asyncDispose]());
afterEach(async () => {
  for (const context of world.browser.contexts()) await context.close();
  // What a link that is over answers is no complaint.
  expect(world.complaints.splice(0).filter((line) => !line.includes('status of 404'))).toEqual([]);
});

const rowsOf = `[...document.querySelectorAll('.tw-screen .xterm-rows > div')].map((row) => row.textContent.replaceAll('\\u00a0', ' ').trimEnd())`;
const watched = (page: Page) => page.evaluate<string>(`${rowsOf}.join('\\n').trimEnd()`);
const status = `(document.querySelector('.tw-status')?.textContent ?? '')`;

/** Waits until the onlooker's page shows something. */
const shows = (page: Page, what: string) =>
  until(`the onlooker sees ${what}`, async () => (await watched(page)).includes(what) || undefined, {
    withinMs: 45_000,
    seen: async () => [await watched(page), await page.evaluate(`document.querySelector('main').innerText`)],
  });

/** Makes a link in the owner's page; its path and what stands after `#`. */
async function makeLink(owner: Page): Promise<string> {
  await owner.click('[aria-label="내 터미널 보여 주기"]');
  await owner.click('.tp-watch-dialog >> text=링크 만들기');
  await holds(owner, `document.querySelector('.tp-watch-address input').value !== ''`);
  const address = await owner.inputValue('.tp-watch-address input');
  await owner.keyboard.press('Escape');
  expect(address).toMatch(new RegExp(`^${world.url}/watch/#[\\w-]{43}$`));
  return address.slice(world.url.length);
}

async function openOwner(): Promise<Page> {
  const owner = await world.open('/first/files/');
  await startLab(owner);
  return owner;
}

test('what the owner types shows on the onlooker’s page at once, and what the onlooker types goes nowhere', async () => {
  const owner = await openOwner();
  await run(owner, 'echo before-$((1+1))');
  await sees(owner, 'before-2');
  const path = await makeLink(owner);
  await holds(owner, `document.querySelector('.tp-watch').innerText.includes('보고 있는 사람은 없어요')`);
  const guest = await world.open(path);
  await shows(guest, 'before-2');
  await holds(guest, `${status} === '실시간'`);
  await holds(owner, `document.querySelector('.tp-watch').innerText.includes('1명이 보고 있어요')`);
  // No account, no lab, and nothing secret left in the address.
  expect((await guest.context().cookies()).map(({ name }) => name)).toEqual([expect.stringMatching(/^tadak_watch_/)]);
  expect(await guest.evaluate('location.hash')).toMatch(/^#[\w-]{12}$/);

  await owner.focus(field);
  await run(owner, 'stty size; echo 안녕-$((40+2))');
  await shows(guest, '안녕-42');
  const size = /(\d+) (\d+)\n안녕/.exec(await watched(guest));
  expect(await guest.evaluate(`${rowsOf}.length`)).toBe(Number(size?.[1]));

  await guest.focus('.tw-screen .xterm-helper-textarea');
  await run(guest, 'echo from-the-onlooker');
  await holds(guest, `document.querySelector('.tw-typed').textContent.includes('보기만 할 수 있어요')`);
  await guest.keyboard.press('Control+C');
  await paste(guest, 'echo pasted-by-the-onlooker\n');
  await run(owner, 'echo after-$((2+2))');
  await shows(guest, 'after-4');
  for (const text of [await screenText(owner), await watched(guest)])
    expect(text).not.toMatch(/by-the-onlooker|from-the/);
  // Tab leaves: nobody is caught in a terminal that takes no keys.
  await guest.keyboard.press('Tab');
  await holds(guest, `!document.activeElement.closest('.tw-screen')`);
});

test('it comes back after a cut, a reload and a change of language, follows tabs and new shells, and ends by a click', async () => {
  const owner = await openOwner();
  const guest = await world.open(await makeLink(owner));
  await shows(guest, 'local:');
  await owner.focus(field);
  await run(owner, 'clear; sleep 1; echo meanwhile-$((3+3))');
  world.cut(true);
  await holds(guest, `document.querySelector('tadak-watch').dataset.state === 'waiting'`);
  world.cut(false);
  await shows(guest, 'meanwhile-6');
  await holds(guest, `${status} === '실시간'`);
  await sees(owner, 'meanwhile-6');

  await owner.click('[aria-label="터미널 더 열기"]');
  await holds(guest, `document.querySelectorAll('.tw-tabs [role=tab]').length === 2`);
  await sees(owner, /\$|#/);
  await run(owner, 'echo second-$((4+4))');
  await guest.click('.tw-tabs >> text=터미널 2');
  await shows(guest, 'second-8');
  await run(owner, 'exit');
  await holds(guest, `${status}.includes('셸이 끝났어요')`);
  // A key opens a new shell once the owner's own page has heard of the end as well.
  await holds(
    owner,
    `document.querySelector('.tp-panel:not([hidden]) .tp-status').innerText.includes('셸이 끝났어요')`,
  );
  await owner.keyboard.press('Enter');
  await holds(guest, `${status} === '실시간'`);

  await guest.reload();
  await shows(guest, 'meanwhile-6');
  await guest.click('.tadak-languages a');
  await guest.waitForURL(/\/en\/watch\/#[\w-]{12}$/);
  await shows(guest, 'meanwhile-6');
  await holds(guest, `${status} === 'Live'`);

  await owner.click('.tp-watch >> text=그만 보여 주기');
  await holds(guest, `${status}.startsWith('Looking on is over')`);
  expect(await watched(guest)).toBe('');
  await holds(owner, `document.querySelector('.tp-watch').hidden`);
  await guest.reload();
  await holds(guest, `${status}.startsWith('This link opens nothing')`);
});

test('a link that is cut off says so', async () => {
  for (const path of ['/watch/', '/watch/#abc', `/watch/#${'x'.repeat(43)}`, '/watch/#AAAAAAAAAAAA']) {
    const guest = await world.open(path);
    await holds(guest, `${status}.startsWith('이 링크로는 볼 수 있는 것이 없어요')`);
    await guest.context().close();
  }
});

test('neither page fails the accessibility rules, in light and in dark', async () => {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const owner = await openOwner();
  const path = await makeLink(owner);
  const guest = await world.open(path);
  await shows(guest, 'local:');
  await owner.click('[aria-label="터미널 더 열기"]');
  await holds(guest, `document.querySelectorAll('.tw-tabs [role=tab]').length === 2`);
  await guest.focus('.tw-screen .xterm-helper-textarea');
  await guest.keyboard.type('x');
  await owner.click('[aria-label="내 터미널 보여 주기"]');
  for (const [page, part] of [
    [guest, 'body'],
    [owner, '.tp-watch-dialog'],
    [owner, '.tp-watch'],
  ] as const) {
    await page.evaluate(axe);
    for (const theme of ['light', 'dark']) {
      await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
      const violations = await page.evaluate(
        `new Promise((done) => setTimeout(done, 200)).then(() => axe.run('${part}')).then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html }) => html.slice(0, 200)).join(' | ')))`,
      );
      expect([part, theme, violations]).toEqual([part, theme, []]);
    }
  }
});
