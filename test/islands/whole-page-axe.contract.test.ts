/** The accessibility rules over whole pages as Astro prints them, with a terminal that is attached to a shell. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { t } from '../../src/i18n/t.ts';
import { terminalWords } from '../../src/i18n/terminal-words.ts';
import { type BrowserWorld, openBrowserWorld } from './support/browser-world.ts';
import { field, holds, paste, run, sees } from './support/learner-hands.ts';

const axeCode = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let world: BrowserWorld;
beforeAll(async () => {
  world = await openBrowserWorld('test/fixtures/courses/tiny');
}, 180_000);
afterAll(() => world?.[Symbol.asyncDispose]());
afterEach(async () => {
  for (const context of world.browser.contexts()) await context.close();
  expect(world.complaints.splice(0)).toEqual([]);
});

/** What axe finds in the whole document, in both themes. */
async function violations(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const theme of ['light', 'dark']) {
    await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
    await holds(page, `document.getAnimations().every(({ playState }) => playState !== 'running')`);
    const here = await page.evaluate<string[]>(
      `axe.run().then(({ violations }) => violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ html, failureSummary }) => html.slice(0, 200) + failureSummary).join(' | ')))`,
    );
    found.push(...here.map((each) => `${theme}: ${each}`));
  }
  return found;
}

for (const locale of ['ko', 'en'] as const)
  for (const width of [1440, 390])
    test(`a lesson with its quiz and an attached terminal: ${locale}, ${width} px, every theme and dialog`, async () => {
      const words = terminalWords(locale);
      const text = t(locale);
      const page = await world.open(locale === 'ko' ? '/first/files/' : '/en/first/files/', {
        viewport: { width, height: 900 },
        reducedMotion: 'reduce',
      });
      if (width < 500) await page.getByRole('tab', { name: text['lesson.viewTerminal'] }).click();
      await page.click('[data-lab-start]');
      await sees(page, /\$|#/);
      await page.focus(field);
      await run(page, String.raw`printf '\e[31mred \e[32mgreen \e[33myellow \e[34mblue \e[90mgrey\e[0m\n'; (exit 3)`);
      await sees(page, /\nred green yellow/);
      await page.evaluate(axeCode);
      expect(await violations(page)).toEqual([]);
      if (width < 500) {
        await page.getByRole('tab', { name: text['lesson.viewText'] }).click();
        expect(await violations(page), 'text').toEqual([]);
        await page.getByRole('tab', { name: text['lesson.viewTerminal'] }).click();
        await page.focus(field);
      }

      await page.keyboard.press('Control+Shift+F');
      await page.keyboard.type('green');
      await holds(page, `document.querySelector('.tp-count').textContent !== ''`);
      expect(await violations(page), 'search').toEqual([]);
      await page.keyboard.press('Escape');

      await page.click(`[aria-label="${text['terminal.settings']}"]`);
      expect(await violations(page), 'settings').toEqual([]);
      await page.keyboard.press('Escape');

      await page.focus(field);
      await page.keyboard.press('Control+Shift+H');
      await holds(page, `document.querySelector('dialog.tp-history[open] h3') !== null`);
      expect(await violations(page), 'history').toEqual([]);
      await page.keyboard.press('Escape');

      await page.focus(field);
      await run(page, `bind 'set enable-bracketed-paste off'; echo bare-$((1+1)); cat`);
      await sees(page, /\nbare-2/);
      await paste(page, 'one\ntwo\n');
      await holds(page, `document.querySelector('dialog[open] button[value=yes]')?.textContent === '${words.paste}'`);
      expect(await violations(page), 'paste').toEqual([]);
      await page.keyboard.press('Escape');

      // Cut off, with something that waits.
      await page.focus(field);
      world.cut(true);
      await holds(page, `document.querySelector('.tp-panel').dataset.state !== 'attached'`);
      await page.keyboard.type('waits');
      expect(await violations(page), 'cut off').toEqual([]);
      world.cut(false);
    });

test('the course page and the pages to look things up in, while a lab runs', async () => {
  const page = await world.open('/first/files/', { reducedMotion: 'reduce' });
  await page.click('[data-lab-start]');
  await sees(page, /\$|#/);
  for (const path of ['/', '/en/', '/notes/', '/commands/', '/commands/first/', '/second/processes/']) {
    await page.goto(world.url + path);
    if (path.includes('processes')) await sees(page, /\$|#/);
    await page.evaluate(axeCode);
    expect(await violations(page), path).toEqual([]);
  }
});
