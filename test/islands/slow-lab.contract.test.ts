/** A lab that takes its time: what the page does meanwhile. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLocalProvider } from '../../server/lab/local.ts';
import { type BrowserWorld, openBrowserWorld } from './support/browser-world.ts';
import { holds, sees } from './support/learner-hands.ts';

let world: BrowserWorld;
let folder: string;
/** Open when labs may get ready. */
const gate = Promise.withResolvers<void>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tadak-slow-lab-'));
  const local = createLocalProvider({ production: false, folder, capabilities: ['el9'] });
  const provider = {
    ...local,
    provision: async (...asked: Parameters<typeof local.provision>) => {
      await gate.promise;
      return local.provision(...asked);
    },
  };
  world = await openBrowserWorld(undefined, { provider });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Bytes of scripts that a page has fetched, as they are before they are unpacked. */
const fetched = `performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).reduce((sum, { decodedBodySize }) => sum + decodedBodySize, 0)`;

test('the terminal’s part is fetched while the lab is being made, and not before somebody wants one', async () => {
  const page = await world.open();
  await page.locator('[data-lab-start]').waitFor();
  const before = await page.evaluate<number>(fetched);
  expect(before).toBeLessThan(200_000);
  await page.click('[data-lab-start]');
  await holds(page, `document.querySelector('tadak-lab-status').dataset.state === 'starting'`);
  await holds(page, `${fetched} > ${before} + 200_000`);
  expect(await page.evaluate(`document.querySelector('.xterm')`)).toBeNull();
  gate.resolve();
  await sees(page, /\$|#/);
});
