/**
 * A class in small: students in a real Chromium, each with a real virtual machine, in Korean by typing and in
 * English by clicking.
 */
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCourse } from '../../server/course/load.ts';
import { findLesson, type Lesson } from '../../src/course/model.ts';
import { holds, sees } from '../islands/support/learner-hands.ts';
import { Learner } from './learner.ts';
import { type RunningCourse, startCourse } from './running-course.ts';

const path = 'lab-environment/basic-settings/';
let course: RunningCourse;
let lesson: Lesson;

beforeAll(async () => {
  const folder = fileURLToPath(new URL('../../content/docker', import.meta.url));
  const loaded = (await loadCourse(folder)).course;
  const found = loaded && findLesson(loaded, 'basic-settings');
  if (!found) throw new Error('the lesson basic-settings is gone');
  lesson = found;
  course = await startCourse();
});
afterAll(async () => {
  await course?.[Symbol.asyncDispose]();
});

function newLearner(): Promise<BrowserContext> {
  return course.browser.newContext({ viewport: { width: 1440, height: 900 } });
}

/** The status code that curl showed last. */
function shownCode(screen: string): string {
  const codes = [...screen.matchAll(/HTTP\/1\.[01] (\d{3})/g)];
  return codes.at(-1)?.[1] ?? '';
}

test('in Korean, by typing: steps tick by themselves, a broken network is still checked, a reload and a new window lose nothing', async () => {
  const context = await newLearner();
  const learner = await Learner.open(context, `${course.url}/${path}`);
  await learner.startLab();

  for (const command of await learner.commandsOf('host-name')) await learner.type(command);
  await learner.seesTick('host-name');

  for (const command of await learner.commandsOf('static-address')) await learner.type(command);
  await learner.seesTick('static-address');

  for (const command of await learner.commandsOf('layers')) await learner.type(command);
  await learner.answer('layers', { 'http-code': shownCode(await learner.screen()) });
  await learner.seesTick('layers');

  // The student breaks everything that a check over the network would need.
  await learner.type('nmcli networking off; systemctl stop firewalld sshd; hostname broken');
  const hint = await learner.check('static-address');
  expect(hint).toContain('nmcli');
  expect(await learner.stateOf('static-address')).toBe('regressed');
  await learner.type('nmcli networking on; systemctl start sshd firewalld; hostname master.example.com');
  await learner.type('nmcli connection up ens33');
  await learner.check('static-address');
  await learner.seesTick('static-address');

  await learner.type('echo marker-$((40+2))');
  const before = await learner.screen();
  await learner.page.reload();
  await sees(learner.page, 'marker-42', 60_000);
  expect(await learner.screen()).toBe(before);
  expect(await learner.stateOf('host-name')).toBe('done');

  for (const command of await learner.commandsOf('shell')) await learner.type(command);
  await learner.answer('shell', { user: 'root', level: 'same' });
  await learner.seesTick('shell');
  for (const command of await learner.commandsOf('ssh-key')) await learner.type(command);
  await learner.seesTick('ssh-key');
  process.stdout.write(`steps ticked after the last prompt, ms: ${JSON.stringify(learner.tickedAfterMs)}\n`);

  for (const question of lesson.questions) {
    if (question.kind === 'ask-lab') continue;
    const said = await learner.answerQuestion(question);
    const why = question.kind === 'single' ? question.choices.find((choice) => choice.correct)?.why.ko : undefined;
    if (why) expect(said).toContain(why.replaceAll('`', '').slice(0, 20));
    const state = await learner.page.getAttribute(`tadak-question[data-question="${question.id}"]`, 'data-state');
    expect([question.id, state]).toEqual([question.id, 'correct']);
  }

  // A new browser with the same cookie: another computer would be another learner, this one is not.
  const again = await course.browser.newContext({ storageState: await context.storageState() });
  const home = await again.newPage();
  await home.goto(course.url);
  await holds(
    home,
    `[...document.querySelectorAll('tadak-lesson-mark[data-lesson="basic-settings"]')].some((mark) => mark.dataset.state === 'done' || /완료|끝/.test(mark.textContent))`,
  );
  await home.goto(`${course.url}/${path}`);
  await holds(home, `document.querySelector('tadak-step[data-step="ssh-key"]').dataset.state === 'done'`);
  await again.close();
  await context.close();
});

test('in English, by clicking commands: typed by the first click, run by the second', async () => {
  const context = await newLearner();
  const learner = await Learner.open(context, `${course.url}/en/${path}`);
  await learner.startLab();
  for (const step of ['host-name', 'static-address']) {
    for (const command of await learner.commandsOf(step)) await learner.clickCommand(command);
    await learner.seesTick(step);
  }
  for (const command of await learner.commandsOf('layers')) await learner.clickCommand(command);
  await learner.answer('layers', { 'http-code': '999' });
  await holds(
    learner.page,
    `/three|number|curl/.test(document.querySelector('tadak-step[data-step="layers"] [data-result]').textContent)`,
    60_000,
  );
  expect(await learner.stateOf('layers')).toBe('todo');
  await learner.answer('layers', { 'http-code': shownCode(await learner.screen()) });
  await learner.seesTick('layers');
  await context.close();
});

test('the server ends cleanly: nothing of it is left running', async () => {
  const pid = course.cli.pid;
  course.cli.kill('SIGINT');
  expect(await course.cli.exited).toBe(0);
  const { execFileSync } = await import('node:child_process');
  const left = execFileSync('ps', ['-eo', 'pid,args'])
    .toString()
    .split('\n')
    .filter((line) => line.includes(course.data));
  expect({ pid, left }).toEqual({ pid, left: [] });
});
