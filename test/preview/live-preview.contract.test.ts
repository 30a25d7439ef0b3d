/** An author saves files; page, check and quiz follow at once, while lab and shell stay. */
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holds, run, sees, startLab } from '../islands/support/learner-hands.ts';
import { until } from '../islands/support/until.ts';
import { printedMatch, runToEnd } from '../server/run-cli.ts';
import { openPreviewWorld, type PreviewWorld, panelText, shows, textOf } from './preview-world.ts';

let world: PreviewWorld;
beforeAll(async () => {
  world = await openPreviewWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const lesson = '10-first/10-files';
const step = '#step-make-file';
const question = '#question-redirect';
/** What an author is promised, milliseconds. */
const promisedMs = 2_000;

/** Presses the step's check and waits for what it says. */
async function check(page: Awaited<ReturnType<PreviewWorld['open']>>, said: string | RegExp): Promise<void> {
  const box = `document.querySelector('${step} [data-result]')`;
  await comes(page, `document.querySelector('${step}:defined') !== null && delete ${box}.dataset.status`);
  await page.click(`${step} [data-check]`);
  await comes(page, `['pass', 'fail', 'error'].includes(${box}.dataset.status)`);
  await shows(page, said, `${step} [data-result]`);
}

/** Waits until an expression is true, also while what was saved opens the page anew. */
async function comes(page: Awaited<ReturnType<PreviewWorld['open']>>, expression: string): Promise<void> {
  const look = async () => (await page.evaluate<boolean>(expression).catch(() => false)) || undefined;
  await until(expression, look, { withinMs: 45_000, seen: () => textOf(page, step) });
}

test('a saved text, check and question are there within two seconds, in the same shell', async () => {
  const page = await world.open('/en/first/files/');
  await startLab(page);
  await run(page, 'echo "shell=$$;"');
  const [, shell] = /shell=(\d+);/.exec(await sees(page, /shell=\d+;/)) ?? [];

  // The machine may be busy for a moment; the promise is about the software.
  const tookMs: number[] = [];
  for (const [from, to] of [
    ['The shortest way', 'The best-known way'],
    ['The best-known way', 'The quickest way'],
    ['The quickest way', 'The simplest way'],
  ] as const) {
    world.edit(`${lesson}/en.mdx`, from, to);
    tookMs.push(await shows(page, to));
  }
  expect(Math.min(...tookMs), tookMs.join(', ')).toBeLessThan(promisedMs);

  await check(page, 'There is no ~/hello.txt yet');
  world.edit(`${lesson}/steps/make-file/check.sh`, '$HOME/hello.txt', '$HOME/greeting.txt');
  world.edit(`${lesson}/lesson.yaml`, 'There is no `~/hello.txt` yet.', 'Where is `~/greeting.txt`?');
  world.edit(`${lesson}/lesson.yaml`, 'en: Make the file', 'en: Make the greeting');
  await shows(page, 'Make the greeting', `${step} h2`);
  await check(page, 'Where is ~/greeting.txt?');
  world.edit(
    `${lesson}/steps/make-file/check.sh`,
    '[ "$(head -n 1 "$HOME/hello.txt")" = hello ] || fail other-text',
    '[ ! -s "$HOME/greeting.txt" ] || fail other-text',
  );
  await page.focus('.xterm-helper-textarea');
  await run(page, 'touch ~/greeting.txt');
  await holds(page, `document.querySelector('${step}').dataset.state === 'done'`);

  world.edit(`${lesson}/quiz.yaml`, 'en: Sends output to a file', 'en: Turns the page');
  await shows(page, 'Turns the page', question);
  await page.check(`${question} input[value=to-file]`);
  await page.click(`${question} [data-submit]`);
  await holds(page, `document.querySelector('${question} [data-result]').dataset.status === 'correct'`);
  world.edit(`${lesson}/quiz.yaml`, 'correct: true', 'correct: false');
  world.edit(
    `${lesson}/quiz.yaml`,
    '        text: { ko: 출력을 파일 끝에',
    '        correct: true\n        text: { ko: 출력을 파일 끝에',
  );
  await until(
    'the old answer is wrong',
    async () => {
      await page.check(`${question} input[value=to-file]`);
      await page.click(`${question} [data-submit]`);
      return (await page.getAttribute(`${question} [data-result]`, 'data-status')) === 'incorrect' || undefined;
    },
    { seen: () => textOf(page, question) },
  );

  await sees(page, `shell=${shell};`);
  await page.focus('.xterm-helper-textarea');
  await run(page, 'echo "still=$$;"');
  await sees(page, `still=${shell};`);
}, 240_000);

test('a broken file is said in the terminal and on the page; the last good course stays until it is mended', async () => {
  const page = await world.open('/en/first/files/');
  await startLab(page);
  const good = world.read(`${lesson}/lesson.yaml`);
  world.save(`${lesson}/lesson.yaml`, good.replace('minutes: 10', 'minutes: many'));
  const place = /lesson\.yaml:8:1/;
  await until('the panel names the place', async () => place.test(await panelText(page)) || undefined, {
    seen: () => panelText(page),
  });
  expect(await panelText(page)).toContain('Something is to be mended');
  expect(await panelText(page)).toContain('→ Give this key a value of the expected kind.');
  await printedMatch(world.cli, /10-files\/lesson\.yaml:8:1: error \[schema\] minutes/, 10_000);
  await printedMatch(world.cli, /stay with the last good course/, 10_000);
  await check(page, 'Where is ~/greeting.txt?');
  await page.reload();
  await shows(page, 'Make the greeting', `${step} h2`);

  world.save(`${lesson}/lesson.yaml`, good.replace('en: Make the greeting', 'en: Say hello'));
  await shows(page, 'Say hello', `${step} h2`);
  await until('the panel is gone', async () => (await panelText(page)) === '' || undefined, {
    seen: () => panelText(page),
  });
  await printedMatch(world.cli, /Mended/, 10_000);
});

test('a text that is no page says where; its page comes back when it is mended', async () => {
  const page = await world.open('/en/first/files/');
  const good = world.read(`${lesson}/en.mdx`);
  world.save(`${lesson}/en.mdx`, good.replace('Now count the lines.', 'Now count {the lines.'));
  const place = /en\.mdx:\d+:\d+/;
  await until('the panel names the place', async () => place.test(await panelText(page)) || undefined, {
    seen: async () => [await panelText(page), world.cli.printed()],
    withinMs: 30_000,
  });
  await printedMatch(world.cli, /10-files\/en\.mdx:\d+:\d+: error \[text-syntax\]/, 10_000);
  world.save(`${lesson}/en.mdx`, good.replace('Now count the lines.', 'Count them now.'));
  await shows(page, 'Count them now.');
  expect(await panelText(page)).toBe('');
});

test('the other language is previewed too, and its panel speaks it', async () => {
  const page = await world.open('/first/files/');
  const good = world.read(`${lesson}/quiz.yaml`);
  const line = good.split('\n').findIndex((text) => text.includes('kind: order')) + 1;
  world.save(`${lesson}/quiz.yaml`, good.replace('kind: order', 'kind: essay'));
  await until('the panel speaks Korean', async () => /고칠 곳이 있어요/.test(await panelText(page)) || undefined, {
    seen: () => panelText(page),
  });
  expect(await panelText(page)).toContain(`${lesson}/quiz.yaml:${line}:5`);
  world.save(`${lesson}/quiz.yaml`, good);
  await until('the panel is gone', async () => (await panelText(page)) === '' || undefined);
});

test('a lesson that is made meanwhile is there, and pages survive what makes them; the shell is the same one', async () => {
  const page = await world.open('/en/second/processes/');
  await startLab(page);
  await run(page, 'echo "shell=$$;"');
  const [, shell] = /shell=(\d+);/.exec(await sees(page, /shell=\d+;/)) ?? [];
  const made = await runToEnd(['new', 'lesson', 'second/signals', '--title-en', 'Signals', '--course', world.course]);
  expect(made.code, made.printed).toBe(0);
  await shows(page, 'Signals', '.tadak-menu-chapters');
  await page.goto(`${world.url}/en/second/signals/`);
  await shows(page, 'Say in two or three sentences');

  const [maker] = childrenOf(world.cli.pid, 'render-pages');
  process.kill(maker ?? 0, 'SIGKILL');
  // A page that waits stands there first, and gives way to the real one by itself.
  await page.goto(`${world.url}/en/second/signals/`, { waitUntil: 'commit' });
  await shows(page, 'Say in two or three sentences');
  await sees(page, `shell=${shell};`);
  await page.focus('.xterm-helper-textarea');
  await run(page, 'echo "still=$$;"');
  await sees(page, `still=${shell};`);
}, 240_000);

/** Process ids of a process's children that run a program. */
function childrenOf(pid: number, program: string): readonly number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  return children.filter((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(program));
}

test('only this computer is let in', async () => {
  const answer = (headers: Record<string, string>) =>
    new Promise<number>((resolve, reject) => {
      const asked = request(`${world.url}/`, { headers }, (reply) => resolve(reply.resume().statusCode ?? 0));
      asked.on('upgrade', (_reply, socket) => {
        socket.destroy();
        resolve(101);
      });
      asked.on('error', reject);
      asked.end();
    });
  const hot = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-protocol': 'vite-hmr' };
  const key = { 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' };
  expect(await answer({ host: 'rebound.example' })).toBe(403);
  expect(await answer({ ...hot, ...key, host: 'rebound.example' })).toBe(403);
  for (const [option, lang, said] of [
    [['--host', '0.0.0.0'], 'en', /on this computer only\. Leave --host 0\.0\.0\.0 out/],
    [
      ['--allow-origin', 'https://class.example'],
      'ko',
      /이 컴퓨터에서만 열려요\. --allow-origin https:\/\/class\.example/,
    ],
    [['--production'], 'en', /Leave --production out/],
  ] as const) {
    const { code, printed } = await runToEnd(['dev', '--lang', lang, '--lab', 'local', ...option]);
    expect(code).toBe(2);
    expect(printed).toMatch(said);
  }
});

test('Ctrl-C ends it in order', async () => {
  world.cli.kill('SIGINT');
  expect(await world.cli.exited).toBe(0);
  expect(world.cli.printed()).toContain('Stopped.');
});
