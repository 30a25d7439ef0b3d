/**
 * From a key to its echo: idle, and while 10 or 50 other sessions print. The program only reads, so the kernel
 * echoes and no shell is in the path.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { type Figures, percentile } from '../../figures.ts';
import { startLoad } from '../load/start-load.ts';
import type { Page } from '../pages/page.ts';
import type { MeasuredServer } from '../servers/kinds.ts';
import type { Metric } from './metric.ts';

/** Typed one after the other before anything is measured: a server runs for days, and is as fast as it gets after some thousand keys. */
const warmUpKeys = 3_000;
/** Pauses between keys, ms: varied, so that they do not beat with any timer. */
const pauseMs = { least: 2, spread: 7 } as const;
const settleMs = 300;

/** How long a key takes to its echo, alone and among others. */
export const echo: Metric = {
  name: 'echo',
  rounds: ({ isQuick }) => (isQuick ? 3 : 7),
  measure: async (server, { isQuick }) => {
    const keys = isQuick ? 150 : 250;
    return {
      ...(await measure(server, 0, keys, '')),
      ...(await measure(server, 10, keys, 'With10')),
      ...(await measure(server, 50, keys, 'With50')),
    };
  },
};

async function measure(server: MeasuredServer, printing: number, keys: number, suffix: string): Promise<Figures> {
  await using _load = await startLoad(server, printing);
  const page = await server.openPage();
  page.type('cat >/dev/null\r');
  await page.until('the program', () => page.tail.includes('null\r\n'));
  await wait(settleMs);
  for (let key = 0; key < warmUpKeys; key += 1) await typeKey(page);
  const times = await timeKeys(page, keys);
  page.quit();
  return {
    [`echo${suffix}P50Ms`]: percentile(times, 0.5),
    [`echo${suffix}P95Ms`]: percentile(times, 0.95),
    [`echo${suffix}P99Ms`]: percentile(times, 0.99),
  };
}

async function timeKeys(page: Page, keys: number): Promise<number[]> {
  const times: number[] = [];
  for (let key = 0; key < keys; key += 1) {
    await wait(pauseMs.least + ((key * 5) % pauseMs.spread));
    times.push(await typeKey(page));
  }
  return times;
}

/** Types a key and waits for its echo; returns how long that took, ms. */
async function typeKey(page: Page): Promise<number> {
  const before = page.bytes;
  const at = performance.now();
  page.type('x');
  await page.until('the echo', () => page.bytes > before);
  return performance.now() - at;
}
