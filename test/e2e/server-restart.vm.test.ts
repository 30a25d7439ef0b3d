/**
 * The server goes down in the middle of a class and comes back: by a crash, and by an operator who keeps the labs. What a student
 * with a real virtual machine sees of it in a real Chromium.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sweepRunFolders } from '../../server/lab/qemu/sweep.ts';
import { screenText, sees } from '../islands/support/learner-hands.ts';
import { until } from '../islands/support/until.ts';
import { type RunningCli, runCli } from '../server/run-cli.ts';
import { launchBrowser } from '../support/browser.ts';
import { cacheFolder } from '../support/vm-cache.ts';
import { Learner } from './learner.ts';
import { whenReady } from './running-course.ts';

const path = 'lab-environment/basic-settings/';
let data: string;
let browser: Browser;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'tadak-e2e-'));
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  // Kept labs of a test that failed half-way.
  await sweepRunFolders(data, () => false);
  await rm(data, { recursive: true, force: true });
});

function start(port: string, ...more: string[]): RunningCli {
  const options = ['--data', data, '--cache', cacheFolder, '--lang', 'en', '--lab', 'qemu'];
  return runCli(['start', '--port', port, ...options, ...more]);
}

/** What the old shell showed, the line that says what happened, and the new shell's prompt. Long lines are broken by the screen. */
async function seesNewShell(page: Page, old: string): Promise<void> {
  const wanted = new RegExp(`${old}.*Theserverwasrestarted.*\\[root@[^\\]]*\\]#$`);
  await until(
    `${old} and a new shell`,
    async () => wanted.test((await screenText(page)).replaceAll(/\s/g, '')) || undefined,
    { withinMs: 120_000, seen: () => screenText(page) },
  );
}

async function checkpointsOf(page: Page): Promise<readonly { readonly id: string }[]> {
  const view = await page.evaluate(async () => (await fetch('/api/lab/checkpoints')).json());
  return (view as { readonly checkpoints: readonly { readonly id: string }[] }).checkpoints;
}

/** As the page's dialog does. */
async function rewind(page: Page, checkpoint: string): Promise<void> {
  const status = await page.evaluate(async (id) => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch('/api/lab/rewind', { method: 'POST', headers, body: JSON.stringify({ checkpoint: id }) }))
      .status;
  }, checkpoint);
  expect(status).toBe(200);
}

/** Whatever the line below the terminal says from now on, however briefly. */
async function collectNotices(page: Page): Promise<() => Promise<string[]>> {
  const notices = await page.evaluateHandle(() => {
    const said: string[] = [];
    const line = document.querySelector('.tp-notice');
    if (line) new MutationObserver(() => said.push(line.textContent ?? '')).observe(line, { childList: true });
    return said;
  });
  return () => notices.jsonValue();
}

async function bootIdOf(learner: Learner): Promise<string> {
  await learner.type('clear; echo "<$(cat /proc/sys/kernel/random/boot_id)>"');
  const screen = await sees(learner.page, /<[0-9a-f-]{36}>/);
  return /<([0-9a-f-]{36})>/.exec(screen)?.[1] ?? '';
}

/** What is on its way when the server dies may be lost; what has stood for a moment is not. */
async function whenKept(text: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const [lab = ''] = await readdir(join(data, 'labs'));
        return readFile(join(data, 'labs', lab, 't1.screen'), 'utf8').catch(() => '');
      },
      { timeout: 30_000 },
    )
    .toContain(text);
}

/** Not the one that stands by for the next student: it ends with the server. */
const labsOnDisk = () => readdir(join(data, 'run'));

test('a student goes on in the same machine after a crash and after a restart: the screen is kept, steps, files and checkpoints are, the shell is a new one', async () => {
  await using first = start('0', '--keep-labs');
  const url = await whenReady(first);
  const { port } = new URL(url);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const learner = await Learner.open(context, `${url}/${path}`);
  const { page } = learner;
  await learner.startLab();
  for (const command of await learner.commandsOf('host-name')) await learner.type(command);
  await learner.seesTick('host-name');
  const machine = await bootIdOf(learner);
  await learner.type('echo "before=$((40 + 2))"; echo kept > /root/kept; sleep 1000 & disown');
  await whenKept('before=42');
  // The lesson's beginning, and the step that passed.
  await expect.poll(async () => (await checkpointsOf(page)).length, { timeout: 60_000 }).toBe(2);

  const notices = await collectNotices(page);
  first.kill('SIGKILL');
  await first.exited;
  // Typed for a shell that is gone: not sent to another one, and not lost without a word.
  await page.keyboard.type('echo never');
  await using second = start(port, '--keep-labs');
  await whenReady(second);
  await seesNewShell(page, 'before=42');
  expect(await notices()).toContainEqual(expect.stringContaining('10자는 보내지 않았어요'));
  expect(await learner.screen()).not.toContain('echo never');
  expect(await bootIdOf(learner)).toBe(machine);
  await learner.type('cat /root/kept; echo "sleeps=$(pgrep -c sleep)"');
  await sees(page, /\nkept\s+sleeps=1/);
  expect(await learner.stateOf('host-name')).toBe('done');
  for (const command of await learner.commandsOf('static-address')) await learner.type(command);
  await learner.seesTick('static-address');

  // On purpose, while the page is closed: the next page finds the lab, and what the terminal showed.
  await page.close();
  second.kill('SIGTERM');
  expect(await second.exited).toBe(0);
  expect(second.printed()).toContain('Labs that were running run on');
  expect(await labsOnDisk()).toHaveLength(1);
  await using third = start(port);
  await whenReady(third);
  const back = await Learner.open(context, `${url}/${path}`);
  await seesNewShell(back.page, 'sleeps=1');
  await back.type('clear; cat /root/kept; echo "slept=$(pgrep -c sleep)"');
  await sees(back.page, /^kept\s+slept=1/);
  // And it goes back to what it was when the first server was there.
  const checkpoints = await checkpointsOf(back.page);
  expect(checkpoints.length).toBeGreaterThanOrEqual(2);
  await rewind(back.page, checkpoints.at(-1)?.id ?? '');
  // The machine's shell, not the one that ends with this: its screen starts empty.
  await sees(back.page, /^\[root@lab ~\]# ?$/, 120_000);
  await back.type('clear; ls /root/kept; echo "kept=$?"');
  await sees(back.page, /kept=2/);
  // This one keeps nothing: the lab that it took over ends with it.
  third.kill('SIGTERM');
  expect(await third.exited).toBe(0);
  expect(await labsOnDisk()).toEqual([]);
  expect(await readdir(join(data, 'labs'))).toEqual([]);
});
