/**
 * A class in small: students in a real Chromium, each with a real virtual machine, in Korean by typing and in
 * English by clicking.
 */
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCourse } from '../../server/course/load.ts';
import { defaultLocale, type Locale, locales } from '../../src/course/locales.ts';
import { findLesson, type Lesson } from '../../src/course/model.ts';
import type { Question } from '../../src/course/schema.ts';
import { holds, sees } from '../islands/support/learner-hands.ts';
import { countPdfPages } from '../site/count-pdf-pages.ts';
import { Learner } from './learner.ts';
import { type RunningCourse, startCourse } from './running-course.ts';

const path = 'lab-environment/basic-settings/';
let course: RunningCourse;
let lesson: Lesson;
let chapters: readonly string[];

beforeAll(async () => {
  const folder = fileURLToPath(new URL('../../content/docker', import.meta.url));
  const loaded = (await loadCourse(folder)).course;
  const found = loaded && findLesson(loaded, 'basic-settings');
  if (!found) throw new Error('the lesson basic-settings is gone');
  lesson = found;
  chapters = loaded.chapters.map(({ id }) => id);
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

/** Follows a command that the page prints: one learner types it, the other clicks it twice. */
type Follow = (learner: Learner, command: string) => Promise<void>;
const ways: readonly (readonly [string, Locale, Follow])[] = [
  ['in Korean, by typing', 'ko', (learner, command) => learner.type(command)],
  ['in English, by clicking commands', 'en', (learner, command) => learner.clickCommand(command)],
];

describe.each(ways)('%s', (_, locale, follow) => {
  const page = locale === defaultLocale ? path : `${locale}/${path}`;
  let context: BrowserContext;
  let learner: Learner;

  beforeAll(async () => {
    context = await newLearner();
    learner = await Learner.open(context, `${course.url}/${page}`);
    await learner.startLab();
  });
  afterAll(() => context?.close());

  const doStep = async (step: string) => {
    for (const command of await learner.commandsOf(step)) await follow(learner, command);
  };

  test('steps tick by themselves; a wrong value is told in the learner’s language', async () => {
    for (const step of ['host-name', 'static-address']) {
      await doStep(step);
      await learner.seesTick(step);
    }
    await doStep('layers');
    await learner.answer('layers', { 'http-code': '999' });
    const hint = locale === 'ko' ? '세 자리|숫자|curl' : 'three|number|curl';
    const result = `document.querySelector('tadak-step[data-step="layers"] [data-result]').textContent`;
    await holds(learner.page, `/${hint}/.test(${result})`, 60_000);
    expect(await learner.stateOf('layers')).toBe('todo');
    await learner.answer('layers', { 'http-code': shownCode(await learner.screen()) });
    await learner.seesTick('layers');
  });

  test('a broken network is still checked, and what went back is shown without taking the tick away', async () => {
    // The student breaks everything that a check over the network would need.
    await learner.type('nmcli networking off; systemctl stop firewalld sshd; hostname broken');
    expect(await learner.check('static-address')).toContain('nmcli');
    expect(await learner.stateOf('static-address')).toBe('regressed');
    await learner.type('nmcli networking on; systemctl start sshd firewalld; hostname master.example.com');
    await learner.type('nmcli connection up ens33');
    await learner.check('static-address');
    await learner.seesTick('static-address');
  });

  test('a reload in the middle finds the same screen', async () => {
    await learner.type('echo marker-$((40+2))');
    const before = await learner.screen();
    await learner.page.reload();
    await sees(learner.page, 'marker-42', 60_000);
    expect(await learner.screen()).toBe(before);
    expect(await learner.stateOf('host-name')).toBe('done');

    await doStep('shell');
    await learner.answer('shell', { user: 'root', level: 'same' });
    await learner.seesTick('shell');
    await doStep('ssh-key');
    await learner.seesTick('ssh-key');
    process.stdout.write(`steps ticked after the last prompt, ms: ${JSON.stringify(learner.tickedAfterMs)}\n`);
  });

  test('every question of the quiz is answered, one of them from the lab, and explained in the learner’s language', async () => {
    for (const question of lesson.questions) {
      const said = await learner.answerQuestion(question, await answerFromLab(question, learner));
      const why =
        question.kind === 'single' ? question.choices.find((choice) => choice.correct)?.why[locale] : undefined;
      if (why) expect(said).toContain(why.replaceAll('`', '').slice(0, 20));
      const state = await learner.page.getAttribute(`tadak-question[data-question="${question.id}"]`, 'data-state');
      expect([question.id, state]).toEqual([question.id, 'correct']);
    }
  });

  test('a new browser with the same cookie shows the progress', async () => {
    // Another computer would be another learner, this one is not.
    const again = await course.browser.newContext({ storageState: await context.storageState() });
    const home = await again.newPage();
    await home.goto(`${course.url}/${locale === defaultLocale ? '' : `${locale}/`}`);
    const marks = `document.querySelectorAll('tadak-lesson-mark[data-lesson="basic-settings"]')`;
    await holds(home, `[...${marks}].some((mark) => mark.dataset.state === 'done')`);
    await home.goto(`${course.url}/${page}`);
    await holds(home, `document.querySelector('tadak-step[data-step="ssh-key"]').dataset.state === 'done'`);
    await again.close();
  });
});

/** What the lab itself says to the question that asks for it: the last four characters. */
async function answerFromLab(question: Question, learner: Learner): Promise<string | undefined> {
  if (question.kind !== 'ask-lab') return undefined;
  await learner.type('clear; nmcli -g connection.uuid connection show ens33');
  return /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(await learner.screen())?.[0]?.slice(-4);
}

test('the command sheet of every chapter is one page of paper in both languages', async () => {
  const page = await course.browser.newPage();
  const sheets = locales.flatMap((locale) =>
    chapters.map((chapter) => `${locale === defaultLocale ? '' : `${locale}/`}commands/${chapter}/`),
  );
  const pages: Record<string, number> = {};
  for (const sheet of sheets) {
    await page.goto(`${course.url}/${sheet}`);
    pages[sheet] = countPdfPages(await page.pdf({ preferCSSPageSize: true }));
  }
  expect(pages).toEqual(Object.fromEntries(sheets.map((sheet) => [sheet, 1])));
  await page.close();
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
