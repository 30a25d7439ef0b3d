/** Floods, stalls and neighbours: who waits for whom, and what it costs. */
import { expect, test } from 'vitest';
import { openWorld } from '../../support/gateway-world.ts';
import { TestViewer } from '../../support/terminal-viewer.ts';

const prompt = /local:.*# |local:.*\$ /;
const mb = 1024 * 1024;

/** The process's memory without what the next collection frees anyway. */
function settledRssBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss;
}

/** Waits for a count of milliseconds of flood. */
function passing(ms: number): () => boolean {
  const until = performance.now() + ms;
  return () => performance.now() >= until;
}

async function open(url: string, options: Partial<Parameters<typeof TestViewer.open>[0]> = {}): Promise<TestViewer> {
  const page = await TestViewer.open({ url, ...options });
  await page.untilText(prompt);
  return page;
}

/** Presses Ctrl-C and waits until the prompt is rendered, ms. */
async function interrupt(page: TestViewer): Promise<number> {
  const pressedAt = performance.now();
  page.type('\x03');
  await page.until(
    () => page.unrenderedBytes === 0 && page.text.trimEnd().endsWith('\x1b]133;B\x07'),
    'the prompt',
    20_000,
  );
  return performance.now() - pressedAt;
}

test('Ctrl-C under a flood is felt at once by a page that renders 4 MB/s', async () => {
  await using world = await openWorld();
  await using page = await open(world.url, { bytesPerSecond: 4_000_000 });
  // The one that is interrupted has printed it: a shell that is just about to start another program may miss Ctrl-C.
  page.type('bash -c \'echo wait"-"ing; exec sleep 100\'\r');
  await page.untilText('wait-ing');
  const quietMs = await interrupt(page);
  page.type('yes\r');
  await page.until(() => page.outputBytes > 2 * mb, 'some flood', 30_000);
  const startedAt = performance.now();
  await page.until(() => page.outputBytes > 6 * mb, 'more flood', 30_000);
  const msPerMb = (performance.now() - startedAt) / 4;
  const behind = page.unrenderedBytes;
  const promptMs = await interrupt(page);
  console.log(
    `unrendered at most ${(page.maxUnrenderedBytes / mb).toFixed(2)} MB, ${(behind / mb).toFixed(2)} MB at Ctrl-C; prompt after ${promptMs.toFixed(0)} ms, ${quietMs.toFixed(0)} ms without a flood; ${msPerMb.toFixed(0)} ms for each MB of flood`,
  );
  expect(page.maxUnrenderedBytes).toBeLessThan(0.5 * mb);
  // What the shell needs anyway, and this page for what it may be behind: as measured on this machine a moment ago.
  expect(promptMs).toBeLessThan(2 * (quietMs + msPerMb));
});

test('a page that stalls for 10 s under a flood costs no memory and finds its shell again', async () => {
  await using world = await openWorld();
  await using page = await open(world.url, { shows: 'screen' });
  page.type('yes\r');
  await page.until(() => page.outputBytes > 2 * mb, 'some flood', 30_000);
  const before = settledRssBytes();
  page.stall();
  await expect.poll(passing(10_000), { timeout: 15_000, interval: 200 }).toBe(true);
  const grownBytes = settledRssBytes() - before;
  console.log(`10 s of stall: RSS ${(grownBytes / mb).toFixed(1)} MB more`);
  page.resume();
  page.type('\x03');
  await page.until(() => page.text.trimEnd().endsWith('\x1b]133;B\x07'), 'the prompt', 20_000);
  page.type('echo still"-"here\r');
  await page.untilText('still-here', 20_000);
  expect(grownBytes).toBeLessThan(8 * mb);
}, 60_000);

test('a slow page holds up nobody: it falls behind and is caught up by a screen', async () => {
  await using world = await openWorld({ sessions: { backlogBytes: 512 * 1024 } });
  await using fast = await open(world.url, { viewer: 'viewer-fast' });
  await using slow = await TestViewer.open({ url: world.url, viewer: 'viewer-slow', bytesPerSecond: 200_000 });
  await using stalled = await TestViewer.open({ url: world.url, viewer: 'viewer-stalled' });
  stalled.stall();
  const bytes = 12 * mb;
  fast.type(`yes 'a line that is long enough to be like others' | head -c ${bytes}; echo flood"-"over\r`);
  await fast.untilText('flood-over', 60_000);
  expect(fast.outputBytes).toBeGreaterThan(bytes);
  expect(fast.snapshots).toBe(0);
  expect(slow.position).toBeLessThan(fast.position);
  await slow.until(
    () => slow.snapshots > 0 && slow.unrenderedBytes === 0 && slow.position === fast.position,
    'the slow page to get a screen and to catch up',
    30_000,
  );
  await fast.until(() => fast.unrenderedBytes === 0, 'rendering');
  expect(slow.screen).toEqual(fast.screen);
}, 120_000);

test('with nobody attached a program that prints much runs to its end', async () => {
  await using world = await openWorld();
  const page = await open(world.url);
  page.type('head -c 20000000 /dev/zero | tr "\\0" x | fold -w 100; touch ~/ran-to-its-end\r');
  await page.until(() => page.outputBytes > 100_000, 'the beginning');
  page.cut();
  const { signal } = new AbortController();
  const isThere = async () =>
    (await world.lab.exec('ls ~/ran-to-its-end', { signal, timeoutMs: 5_000 })).kind === 'exited' &&
    (await world.lab.exec('test -e ~/ran-to-its-end && echo yes', { signal, timeoutMs: 5_000 }));
  await expect.poll(isThere, { timeout: 50_000, interval: 300 }).toMatchObject({ stdout: 'yes\n' });
}, 60_000);

test('a program does not wait for a page that is hidden and renders little, and the page catches up when it is shown', async () => {
  await using world = await openWorld();
  // As slow as a browser makes a hidden page: all of it would take 100 s.
  await using page = await open(world.url, { bytesPerSecond: 200_000 });
  page.sendJson({ type: 'hidden', isHidden: true });
  page.type('head -c 20000000 /dev/zero | tr "\\0" x | fold -w 100; touch ~/ran-to-its-end; echo all"-"done\r');
  await page.until(() => page.outputBytes > 100_000, 'the beginning');
  const { signal } = new AbortController();
  const look = () => world.lab.exec('test -e ~/ran-to-its-end && echo yes', { signal, timeoutMs: 5_000 });
  await expect.poll(look, { timeout: 50_000, interval: 300 }).toMatchObject({ stdout: 'yes\n' });
  page.sendJson({ type: 'hidden', isHidden: false });
  await page.until(() => page.screen.some((line) => line.includes('all-done')), 'the end on its screen', 30_000);
}, 90_000);

test('twenty idle neighbours cost little memory and no output', async () => {
  await using world = await openWorld({ sessions: { terminalsPerLab: 30 } });
  await using first = await open(world.url, { terminal: 't1', viewer: 'viewer-t1' });
  const before = settledRssBytes();
  const pages: TestViewer[] = [];
  for (let number = 2; number <= 21; number += 1) {
    pages.push(await open(world.url, { terminal: `t${number}`, viewer: `viewer-t${number}`, shows: 'screen' }));
  }
  const perSessionKb = (settledRssBytes() - before) / 1024 / pages.length;
  const quiet = pages.map((page) => page.outputBytes);
  first.type('echo neigh"-"bour\r');
  await first.untilText('neigh-bour');
  expect(pages.map((page) => page.outputBytes)).toEqual(quiet);
  console.log(`${perSessionKb.toFixed(0)} KB for a session, its page's own terminal and both ends of its socket`);
  expect(perSessionKb).toBeLessThan(1024);
  for (const page of pages) await page[Symbol.asyncDispose]();
}, 60_000);

test('a page that acknowledges every few KB keeps its connection through 60 MB', async () => {
  await using world = await openWorld();
  await using page = await open(world.url, { shows: 'bytes' });
  let tail = '';
  page.onOutput = (bytes) => {
    tail = (tail + Buffer.from(bytes.subarray(-100)).toString()).slice(-100);
    // As a page does whose terminal renders in small pieces.
    for (let at = page.position - bytes.length; at < page.position; at += 5_000)
      page.sendJson({ type: 'ack', seq: at });
  };
  page.type('yes \'a line that is like many others\' | head -c 60000000; echo flood"-"over\r');
  await page.until(() => tail.includes('flood-over') || page.closed !== undefined, 'the end of the flood', 50_000);
  expect(page.closed).toBeUndefined();
}, 60_000);

test('a page that has enough to render is sent a flood in large frames', async () => {
  await using world = await openWorld();
  await using page = await open(world.url, { shows: 'bytes', bytesPerSecond: 20_000_000 });
  const { frames, outputBytes } = page;
  page.type('yes \'a line that is like many others\' | head -c 20000000; echo flood"-"over\r');
  await page.untilText('flood-over', 50_000);
  const bytesPerFrame = (page.outputBytes - outputBytes) / (page.frames - frames);
  console.log(`${(bytesPerFrame / 1024).toFixed(0)} KB a frame`);
  expect(bytesPerFrame).toBeGreaterThan(8 * 1024);
}, 60_000);
