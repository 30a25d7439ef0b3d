/**
 * The whole server as a process of its own, with the real site of the tiny course, local labs and real sockets.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { eventually, tinyFolder } from './app/test-app.ts';
import { createTemporaryFolder, printedMatch, type RunningCli, runCli, runToEnd } from './run-cli.ts';

/** Building a site takes half a minute on a busy machine. */
const slowMs = 240_000;
const data = mkdtempSync(join(tmpdir(), 'tadak-start-'));
const options = ['--lab', 'local', '--data', data, '--course', tinyFolder];
const start = (...more: readonly string[]) => runCli(['start', '--port', '0', ...options, ...more]);
const homes = () => readdirSync(join(data, 'run', 'local')).filter((name) => name.startsWith('lab-'));

// All tests share one data folder, so that the site is built once.
beforeAll(async () => {
  const { code, printed } = await runToEnd(['build', ...options]);
  expect(printed).toContain('The site is built');
  expect(code).toBe(0);
}, slowMs);
afterAll(() => rmSync(data, { recursive: true, force: true }));

async function urlOf(cli: RunningCli): Promise<string> {
  return (await printedMatch(cli, /Tadak is at (http:\S+)/, 60_000))[1] ?? '';
}

/** A browser's first steps: a cookie, a lab, a live channel. */
async function enter(url: string) {
  const me = await fetch(`${url}/api/me`);
  const cookie = me.headers.get('set-cookie')?.split(';')[0] ?? '';
  const headers = { cookie, 'content-type': 'application/json' };
  const post = async (path: string, body: unknown = {}) =>
    fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const heard: { type: string; [key: string]: unknown }[] = [];
  const open = (path: string) =>
    new WebSocket(`${url.replace('http', 'ws')}${path}`, { origin: url, headers: { cookie } });
  const live = open('/ws/live');
  live.on('message', (bytes) => heard.push(JSON.parse(String(bytes))));
  await eventually(
    () => heard.find(({ type }) => type === 'lab'),
    () => heard,
  );
  return { post, heard, open, live };
}
type Browser = Awaited<ReturnType<typeof enter>>;

async function startLab({ post, heard }: Browser): Promise<void> {
  expect((await post('/api/lab/start')).status).toBe(200);
  const isReady = (message: Readonly<Record<string, unknown>>) =>
    (message['lab'] as { state?: string } | undefined)?.state === 'ready';
  await eventually(
    () => heard.find(isReady),
    () => heard,
    30_000,
  );
}

test(
  'a student goes from the first page to a ticked step, through the real doors',
  async () => {
    await using cli = start();
    const url = await urlOf(cli);
    const page = await fetch(`${url}/`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('작은 과정');
    expect(await (await fetch(`${url}/en/`)).text()).toContain('A tiny course');
    const browser = await enter(url);
    browser.live.send(JSON.stringify({ type: 'watch', course: 'tiny', lesson: 'files' }));
    await startLab(browser);
    const terminal = browser.open('/ws/terminal');
    await new Promise((resolve) => terminal.once('open', resolve));
    const size = { cols: 80, rows: 24 };
    terminal.send(JSON.stringify({ type: 'attach', terminal: 't1', viewer: 'viewer-0001', size }));
    await new Promise((resolve) => terminal.once('message', resolve));
    terminal.send(inputFrame("printf 'hello\\nworld\\n' > ~/hello.txt\r"));
    const passed = await eventually(
      () => browser.heard.find(({ check }) => (check as { result?: { status: string } })?.result?.status === 'pass'),
      () => browser.heard,
      30_000,
    );
    expect(passed).toMatchObject({ type: 'checked', check: { step: 'make-file', trigger: 'auto' } });
    terminal.close();
    browser.live.close();
  },
  slowMs,
);

function inputFrame(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const frame = new Uint8Array(9 + bytes.length);
  frame[0] = 0x11;
  frame.set(bytes, 9);
  return frame;
}

test(
  'Ctrl-C ends everything in order: sockets are told, labs are gone, exit code 0',
  async () => {
    await using cli = start();
    const browser = await enter(await urlOf(cli));
    await startLab(browser);
    expect(homes()).toHaveLength(1);
    const closed = new Promise<number>((resolve) => browser.live.once('close', resolve));
    const began = performance.now();
    cli.kill('SIGINT');
    expect(await closed).toBe(4503);
    expect(await cli.exited).toBe(0);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(homes()).toEqual([]);
    expect(existsSync(join(data, 'lock'))).toBe(false);
  },
  slowMs,
);

test(
  'after a crash the next start takes the folder over and clears what was left',
  async () => {
    await using crashed = start();
    const browser = await enter(await urlOf(crashed));
    await startLab(browser);
    crashed.kill('SIGKILL');
    await crashed.exited;
    expect(homes()).toHaveLength(1);
    await using next = start();
    await urlOf(next);
    expect(homes()).toEqual([]);
  },
  slowMs,
);

/** Undefined as long as it is not written down. */
const ownerOf = (home: string): string | undefined => {
  const record = join(data, 'run', 'local', home, 'owner.json');
  return existsSync(record) ? (JSON.parse(readFileSync(record, 'utf8')) as { learner: string }).learner : undefined;
};
const readyHome = () =>
  eventually(
    () => homes().find((home) => ownerOf(home) === 'nobody'),
    () => homes(),
  );

test(
  'a lab stands by before anybody comes, the student gets that one, and the end of the server leaves none',
  async () => {
    await using cli = start('--labs-ready', '1');
    const browser = await enter(await urlOf(cli));
    const home = await readyHome();
    expect(homes()).toEqual([home]);
    await startLab(browser);
    expect(ownerOf(home)).not.toBe('nobody');
    expect(await readyHome()).not.toBe(home);
    cli.kill('SIGINT');
    expect(await cli.exited).toBe(0);
    expect(homes()).toEqual([]);
  },
  slowMs,
);

test(
  'labs that stood by when their server crashed are cleared by the next start',
  async () => {
    await using crashed = start('--labs-ready', '1');
    await urlOf(crashed);
    const home = await readyHome();
    crashed.kill('SIGKILL');
    await crashed.exited;
    expect(homes()).toEqual([home]);
    await using next = start();
    await urlOf(next);
    expect(homes()).toEqual([]);
  },
  slowMs,
);

test(
  'a second server on the same folder or port, or one for an address of another machine, says so and ends with 1',
  async () => {
    await using first = start();
    await urlOf(first);
    const locked = await runToEnd(['start', '--port', '0', ...options]);
    expect(locked).toMatchObject({ code: 1 });
    expect(locked.printed).toContain(`process ${first.pid}`);
    first.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    const squatter = createServer();
    const port = await new Promise<number>((resolve) =>
      squatter.listen(0, '127.0.0.1', () => resolve((squatter.address() as { port: number }).port)),
    );
    const refused = await runToEnd(['start', '--port', String(port), ...options]);
    squatter.close();
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.printed).toContain(`Port ${port} is in use`);
    // Of a network that is for documents alone: no machine has it.
    const foreign = await runToEnd(['start', '--port', '0', ...options, '--host', '192.0.2.1']);
    expect(foreign).toMatchObject({ code: 1 });
    expect(foreign.printed).toMatch(/^This machine has no address 192\.0\.2\.1\. .*--host.*\n$/);
  },
  slowMs,
);

test(
  'a lab image that is not where it was said to be is said at once, and nothing is started',
  async () => {
    const nowhere = join(data, 'no-image');
    const { code, printed } = await runToEnd(['start', '--port', '0', ...options, '--lab', 'qemu', '--image', nowhere]);
    expect(printed).toMatch(
      new RegExp(`^${nowhere}, named with --image, is not the folder of a whole lab image .*\\n$`),
    );
    expect(code).toBe(1);
  },
  slowMs,
);

test(
  'a broken course is not started: file and line, what is wrong, how to mend it',
  async () => {
    using folder = createTemporaryFolder();
    const course = join(folder.path, 'tiny');
    await cp(tinyFolder, course, { recursive: true });
    await writeFile(join(course, '20-second/10-processes/lesson.yaml'), 'title: { ko: 제목 }\nsteps: 7\n');
    const args = ['start', '--lab', 'local', '--port', '0', '--data', join(folder.path, 'data'), '--course', course];
    const { code, printed } = await runToEnd(args);
    expect(code).toBe(1);
    expect(printed).toMatch(/20-second\/10-processes\/lesson\.yaml:\d+.*error/);
    expect(printed).toContain('→');
  },
  slowMs,
);

test(
  'a site that cannot be built shows the author’s error and is never served',
  async () => {
    using folder = createTemporaryFolder();
    const course = join(folder.path, 'tiny');
    await cp(tinyFolder, course, { recursive: true });
    const home = join(course, 'en.mdx');
    await writeFile(home, '---\ntitle: Home\n---\n\n{nobodyKnowsThis.name}\n');
    const site = join(folder.path, 'data');
    const { code, printed } = await runToEnd(['build', '--data', site, '--course', course]);
    expect(code).toBe(1);
    expect(printed).toContain('nobodyKnowsThis');
    expect(readdirSync(join(site, 'site')).filter((name) => name.startsWith('built-'))).toEqual([]);
  },
  slowMs,
);
