import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { buildTinySite, type TinySite } from './build-site.ts';
import { countPdfPages } from './count-pdf-pages.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const axeCode = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** A machine that also builds and boots is slow. */
const patience = { timeout: 20_000 };
let site: TinySite;
let server: Server;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  site = await buildTinySite();
  server = createServer(async ({ url = '/' }, answer) => {
    const path = decodeURIComponent(new URL(url, 'http://site').pathname);
    const file = join(site.out, path.endsWith('/') ? `${path}index.html` : path);
    const body = await readFile(file).catch(() => undefined);
    answer
      .writeHead(body ? 200 : 404, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
      .end(body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
  await site?.[Symbol.asyncDispose]();
});

async function open(path: string, options: BrowserContextOptions & { readonly width: number }): Promise<Page> {
  const { width, ...rest } = options;
  const context = await browser.newContext({ viewport: { width, height: 800 }, ...rest });
  const page = await context.newPage();
  await page.goto(origin + path);
  return page;
}

/** Chromium writes its page objects uncompressed. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('the splitter moves by keyboard and its place outlives a reload', async () => {
  const page = await open('/first/files/', { width: 1280 });
  const splitter = page.getByRole('separator');
  await splitter.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  expect(await splitter.getAttribute('aria-valuenow')).toBe('56');
  const width = (await page.locator('#tadak-text').boundingBox())?.width;
  await page.reload();
  await expect.poll(() => splitter.getAttribute('aria-valuenow'), patience).toBe('56');
  expect((await page.locator('#tadak-text').boundingBox())?.width).toBe(width);
  await page.keyboard.press('Tab');
  await splitter.focus();
  await page.keyboard.press('Home');
  expect(await splitter.getAttribute('aria-valuenow')).toBe('28');
});

test('the splitter follows the pointer', async () => {
  const page = await open('/first/files/', { width: 1280 });
  const box = await page.getByRole('separator').boundingBox();
  if (!box) throw new Error('the splitter is not shown');
  await page.mouse.move(box.x + 3, box.y + 300);
  await page.mouse.down();
  await page.mouse.move(512, box.y + 300, { steps: 5 });
  await page.mouse.up();
  expect(await page.getByRole('separator').getAttribute('aria-valuenow')).toBe('40');
});

test('on a small window text and terminal are two tabs, and a call for the terminal switches to it', async () => {
  const page = await open('/first/files/', { width: 390 });
  await expect.poll(() => page.getByRole('tab').count(), patience).toBe(2);
  expect(await page.getByRole('tabpanel').count()).toBe(1);
  expect(await page.locator('#tadak-terminal').isVisible()).toBe(false);
  await page.getByRole('tab', { name: '본문' }).press('ArrowRight');
  expect(await page.getByRole('tab', { name: '터미널' }).getAttribute('aria-selected')).toBe('true');
  expect(await page.locator('#tadak-text').isVisible()).toBe(false);
  await page.getByRole('tab', { name: '본문' }).click();
  await page.evaluate(() =>
    document.querySelector('tadak-step')?.dispatchEvent(new CustomEvent('tadak:show-terminal', { bubbles: true })),
  );
  expect(await page.locator('#tadak-terminal').isVisible()).toBe(true);
  expect(await overflow(page)).toBe(0);
});

test('changing the language stays at the step that is being read', async () => {
  const page = await open('/first/files/#step-count-lines', { width: 1280 });
  await page.getByRole('link', { name: 'English' }).click();
  await page.waitForURL('**/en/first/files/#step-count-lines');
  expect(await page.getByRole('heading', { name: 'Count the lines' }).isVisible()).toBe(true);
});

test('search opens with a key, finds Korean words and closes with Escape', async () => {
  const page = await open('/', { width: 1280 });
  await page.keyboard.press('/');
  await page.keyboard.type('줄바꿈');
  await expect
    .poll(() => page.locator('tadak-search ol a').first().getAttribute('href'), patience)
    .toContain('/first/files/');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('dialog').count(), patience).toBe(0);
});

test('without JavaScript the whole lesson can be read and nothing pretends to work', async () => {
  const page = await open('/first/files/', { width: 390, javaScriptEnabled: false });
  for (const text of ['파일 만들기', '줄바꿈 문자', '파일의 일생을 순서대로 놓으세요.'])
    expect(await page.getByText(text).last().isVisible(), text).toBe(true);
  for (const control of ['[data-check]', '[data-submit]', '[data-lab-start]', '[data-tab]'])
    expect(await page.locator(control).first().isVisible(), control).toBe(false);
});

test('at 400 % zoom nothing is lost sideways', async () => {
  for (const path of [
    '/',
    '/en/',
    '/first/files/',
    '/en/first/files/',
    '/second/processes/',
    '/notes/',
    '/en/notes/',
    '/commands/',
  ]) {
    const page = await open(path, { width: 320 });
    expect(await overflow(page), path).toBe(0);
    await page.context().close();
  }
});

test('the notes can be filtered, the choice is in the address, and a link to a hidden statement still leads to it', async () => {
  const page = await open('/notes/', { width: 1280 });
  const shown = () => page.locator('li[data-verdict]:visible').evaluateAll((items) => items.map(({ id }) => id));
  await expect.poll(shown, patience).toEqual(['N1', 'N2']);
  await page.getByRole('radio', { name: /정확히/ }).check();
  expect(await shown()).toEqual(['N2']);
  expect(await page.getByRole('status').filter({ hasText: '2개 가운데 1개' }).count()).toBe(1);
  expect(new URL(page.url()).search).toBe('?verdict=imprecise');
  await page.reload();
  await expect.poll(shown, patience).toEqual(['N2']);
  await page.evaluate(() => {
    location.hash = 'N1';
  });
  await expect.poll(shown, patience).toEqual(['N1', 'N2']);
  await page.getByRole('combobox', { name: '챕터' }).selectOption('first');
  expect(await shown()).toEqual(['N1', 'N2']);
});

test('without JavaScript the notes are a plain page and every variant can be opened', async () => {
  const notes = await open('/notes/', { width: 390, javaScriptEnabled: false });
  expect(await notes.getByText('줄이 아니라').isVisible()).toBe(true);
  expect(await notes.locator('tadak-notes-filter').isVisible()).toBe(false);
  const lesson = await open('/second/processes/', { width: 390, javaScriptEnabled: false });
  expect(await lesson.getByText('rpm -q procps-ng').isVisible()).toBe(true);
  expect(await lesson.getByText('dpkg -l procps').isVisible()).toBe(false);
  await lesson.getByText('Debian · Ubuntu').click();
  expect(await lesson.getByText('dpkg -l procps').isVisible()).toBe(true);
});

test('before there is a lab the variant of Debian is on top, then the one that was opened last', async () => {
  const page = await open('/second/processes/', { width: 1280 });
  const first = () => page.locator('tadak-variants details').first();
  const openOnes = () =>
    page
      .locator('tadak-variants details[open]')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['variant']));
  await expect.poll(() => first().getAttribute('data-variant'), patience).toBe('debian');
  expect(await openOnes()).toEqual(['debian']);
  await page.locator('summary', { hasText: 'EL 9' }).press('Enter');
  expect(await openOnes()).toEqual(['debian', 'el9']);
  await page.reload();
  await expect.poll(() => first().getAttribute('data-variant'), patience).toBe('el9');
  expect(await openOnes()).toEqual(['el9']);
});

test('on paper every variant is there, and a command sheet takes a page for each chapter', async () => {
  const page = await open('/second/processes/', { width: 1280 });
  await page.emulateMedia({ media: 'print' });
  for (const command of ['rpm -q procps-ng', 'dpkg -l procps'])
    expect((await page.getByText(command).boundingBox())?.height, command).toBeGreaterThan(5);
  const sheets = await open('/commands/', { width: 1280 });
  expect(countPdfPages(await sheets.pdf({ preferCSSPageSize: true }))).toBe(2);
  const sheet = await open('/commands/first/', { width: 1280 });
  expect(countPdfPages(await sheet.pdf({ preferCSSPageSize: true }))).toBe(1);
});

test('axe finds nothing wrong in either theme, wide and narrow', { timeout: 420_000 }, async () => {
  for (const path of [
    '/',
    '/first/files/',
    '/en/first/files/',
    '/second/processes/',
    '/notes/',
    '/en/notes/',
    '/commands/first/',
  ])
    for (const colorScheme of ['light', 'dark'] as const)
      for (const width of [1440, 390]) {
        const page = await open(path, { width, colorScheme });
        await page.evaluate(axeCode);
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
        const found = await page.evaluate(async (runOnly) => {
          const { violations } = await (
            globalThis as unknown as {
              axe: { run(options: object): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> };
            }
          ).axe.run({ runOnly });
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
        }, tags);
        expect(found, `${path} ${colorScheme} ${width}`).toEqual([]);
        await page.context().close();
      }
});
