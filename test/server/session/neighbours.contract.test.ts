/** What one page does to another, by counts and order: a flood beside a keyboard, a page that does not read. */
import { expect, test } from 'vitest';
import { openWorld } from '../../support/gateway-world.ts';
import { TestViewer } from '../../support/terminal-viewer.ts';

const mb = 1024 * 1024;

test('a key is echoed while a neighbour floods, before the flood has gone far', async () => {
  await using world = await openWorld();
  await using flood = await TestViewer.open({ url: world.url, terminal: 't1', viewer: 'viewer-flood', shows: 'bytes' });
  await using typist = await TestViewer.open({ url: world.url, terminal: 't2', viewer: 'viewer-typist' });
  await typist.untilText('local:');
  typist.type('echo re"ad"y; cat >/dev/null\r');
  await typist.untilText('ready');
  flood.type('yes "a line that is like many others"\r');
  await flood.until(() => flood.outputBytes > 4 * mb, 'some flood', 30_000);
  const meanwhile: number[] = [];
  for (let key = 0; key < 60; key += 1) {
    const [typed, flooded] = [typist.outputBytes, flood.outputBytes];
    typist.type('x');
    await typist.until(() => typist.outputBytes > typed, 'the echo');
    meanwhile.push(flood.outputBytes - flooded);
  }
  // The flood goes on, and a key waits for no more of it than is on its way at a time.
  await flood.until(() => flood.outputBytes > 8 * mb, 'more flood', 30_000);
  expect(Math.max(...meanwhile)).toBeLessThan(4 * mb);
  expect(meanwhile.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(60 * mb);
}, 90_000);

test('a page that stops reading gets every line, in order, once it reads on', async () => {
  await using world = await openWorld();
  await using stalled = await TestViewer.open({ url: world.url, viewer: 'viewer-stalled', shows: 'bytes' });
  await using awake = await TestViewer.open({ url: world.url, viewer: 'viewer-awake', shows: 'bytes' });
  await stalled.untilText('local:');
  const seen = { stalled: '', awake: '' };
  stalled.onOutput = (bytes) => (seen.stalled += Buffer.from(bytes).toString('latin1'));
  awake.onOutput = (bytes) => (seen.awake += Buffer.from(bytes).toString('latin1'));
  stalled.stall();
  const lines = 40_000;
  awake.type(`seq -f 'line number %.0f of many' ${lines}; echo all"-"lines\r`);
  await awake.until(() => seen.awake.includes('all-lines'), 'the last line', 30_000);
  expect(seen.stalled).not.toContain('all-lines');
  stalled.resume();
  await stalled.until(() => seen.stalled.includes('all-lines'), 'the last line of the page that stalled', 30_000);
  const numbers = (text: string) =>
    [...text.matchAll(/line number (\d+) of many\r\n/g)].map(([, digits]) => Number(digits));
  const all = Array.from({ length: lines }, (_, index) => index + 1);
  expect(numbers(seen.stalled)).toEqual(all);
  expect(numbers(seen.awake)).toEqual(all);
  expect([stalled.attachedCount, stalled.snapshots, stalled.closed]).toEqual([1, 0, undefined]);
}, 90_000);

test('pages that do not read leave no more behind in their sockets than their windows', async () => {
  await using world = await openWorld();
  const pages: TestViewer[] = [];
  for (let number = 0; number < 8; number += 1)
    pages.push(await TestViewer.open({ url: world.url, viewer: `viewer-asleep-${number}`, shows: 'bytes' }));
  await using awake = await TestViewer.open({ url: world.url, viewer: 'viewer-awake', shows: 'bytes' });
  for (const page of pages) page.stall();
  const sizesBefore = pages.map((page) => page.outputBytes);
  awake.type(`yes 'a line that is like many others' | head -c ${24 * mb}; echo flood"-"over\r`);
  await awake.untilText('flood-over', 60_000);
  // What had been sent to each arrives when it reads on: a window, then a screen, not 24 MB.
  for (const page of pages) page.resume();
  for (const [index, page] of pages.entries()) {
    const isThere = () => page.snapshots > 0 && page.position === awake.position;
    await page.until(isThere, 'a screen and what came after it', 30_000);
    expect(page.outputBytes - (sizesBefore[index] ?? 0)).toBeLessThan(4 * mb);
    await page[Symbol.asyncDispose]();
  }
}, 90_000);
