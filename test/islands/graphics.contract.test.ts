/** The terminal drawn by WebGL, and what is left of it when the graphics context is lost. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type BrowserWorld, openBrowserWorld } from './support/browser-world.ts';
import { holds, run, sees, startLab } from './support/learner-hands.ts';

let world: BrowserWorld;
beforeAll(async () => {
  world = await openBrowserWorld(undefined, { hasGraphics: true });
});
afterAll(() => world[Symbol.asyncDispose]());
afterEach(async () => {
  for (const context of world.browser.contexts()) await context.close();
  expect(world.complaints.splice(0)).toEqual([]);
});

/** A page whose WebGL, though drawn by the processor, passes for a graphics card's. */
async function openWithCard(): Promise<Page> {
  const page = await world.open('about:blank');
  await page.addInitScript(`(() => {
    const getContext = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, options) {
      return getContext.call(this, kind, { ...options, failIfMajorPerformanceCaveat: false });
    };
    const { getParameter } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.getParameter = function (name) {
      const unmaskedRenderer = 0x9246;
      return name === unmaskedRenderer ? 'A card of the test' : getParameter.call(this, name);
    };
  })()`);
  await page.goto(world.url);
  return page;
}

const canvas = `document.querySelector('.xterm-screen canvas:not(.xterm-link-layer)')`;
const rows = `document.querySelectorAll('.xterm-rows > div').length`;

test('a terminal that loses its graphics context goes on with the same text in the page, and types on', async () => {
  const page = await openWithCard();
  await page.click('[data-lab-start]');
  await holds(page, `${canvas} !== null && ${rows} === 0`);
  await page.focus('.xterm-helper-textarea');
  await holds(page, `document.querySelector('.tp-panel').dataset.state === 'attached'`);
  await run(page, 'echo drawn-by-the-card');
  await page.evaluate(`${canvas}.getContext('webgl2').getExtension('WEBGL_lose_context').loseContext()`);
  await sees(page, /\ndrawn-by-the-card/);
  expect(await page.evaluate(canvas)).toBeNull();
  await run(page, 'echo and-$((40+2))-after');
  await sees(page, /\nand-42-after/);
});

test('WebGL that the processor draws is left alone', async () => {
  const page = await world.open();
  await startLab(page);
  expect(await page.evaluate(canvas)).toBeNull();
  expect(await page.evaluate<boolean>(`document.createElement('canvas').getContext('webgl2') !== null`)).toBe(true);
});
