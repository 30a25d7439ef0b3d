import { expect, test } from 'vitest';
import type { Issue } from '../../src/course/issue.ts';
import { lessonsOf } from '../../src/course/model.ts';
import { buildTiny, type Changes, filesLesson, replacing, stepOf, tinyCourse } from '../support/tiny-course.ts';

/** What an author reads, without the languages: rule, place. */
async function issuesAfter(changes: Changes): Promise<readonly string[]> {
  const { issues } = await buildTiny(changes);
  return issues.map(place);
}
function place({ rule, file, line }: Issue): string {
  return `${rule} ${file}${line === undefined ? '' : `:${line}`}`;
}

test('the tiny course is whole: lessons in order, scripts read, no problems', async () => {
  const { course, issues } = await buildTiny();
  expect(issues).toEqual([]);
  expect(course && lessonsOf(course).map((lesson) => lesson.id)).toEqual(['files', 'processes']);
});

test('addresses of the preset are filled into scripts', async () => {
  const course = await tinyCourse({
    [`${filesLesson}/steps/make-file/check.sh`]: '#!/bin/bash\nping %{vm} || fail no-file\n[ x ] || fail other-text\n',
  });
  expect(stepOf(course, 'files', 'make-file').step.check?.text).toContain('ping 213.0.113.3');
});

test('addresses of the preset are filled into hints, questions and answers', async () => {
  const course = await tinyCourse({
    'course.yaml': replacing('network: class', 'network: private'),
    [`${filesLesson}/lesson.yaml`]: replacing('아직 없어요.', '아직 %{gateway}에 없어요.'),
    [`${filesLesson}/quiz.yaml`]: replacing("'-l'", "'%{vm}'"),
  });
  const { lesson, step } = stepOf(course, 'files', 'make-file');
  expect(step.hints['no-file']?.ko).toContain('192.168.113.2에');
  expect(JSON.stringify(lesson.questions)).toContain('192.168.113.3');
});

test('a step in the text that lesson.yaml does not know is named with file, line and the known steps', async () => {
  const { issues } = await buildTiny({
    [`${filesLesson}/ko.mdx`]: replacing('<Step id="make-file">', '<Step id="make-fiel">'),
  });
  const [unknown] = issues;
  expect(unknown && place(unknown)).toBe(`unknown-step ${filesLesson}/ko.mdx:16`);
  expect(unknown?.fix.ko).toContain('make-file, count-lines');
  expect(issues.map((issue) => issue.rule)).toContain('missing-step');
});

test('a missing translation is an error', async () => {
  expect(await issuesAfter({ [`${filesLesson}/en.mdx`]: null })).toEqual([`missing-translation ${filesLesson}/en.mdx`]);
});

test('a text that exists in one language only is an error with its line', async () => {
  const changes = {
    [`${filesLesson}/lesson.yaml`]: replacing(
      'title: { ko: 파일 만들기, en: Make the file }',
      'title: { ko: 파일 만들기 }',
    ),
  };
  expect(await issuesAfter(changes)).toEqual([`schema ${filesLesson}/lesson.yaml:13`]);
});

test('a key that the format does not know is an error where it stands', async () => {
  const changes = { [`${filesLesson}/lesson.yaml`]: replacing('minutes: 10', 'minutes: 10\nminuets: 10') };
  expect(await issuesAfter(changes)).toEqual([`schema ${filesLesson}/lesson.yaml:9`]);
});

test('YAML that cannot be read names the line', async () => {
  const changes = { [`${filesLesson}/lesson.yaml`]: replacing('minutes: 10', 'minutes: [10') };
  expect((await issuesAfter(changes))[0]).toMatch(/^yaml-syntax 10-first\/10-files\/lesson\.yaml:\d+$/);
});

test('a question without a right answer is an error at its line', async () => {
  const changes = { [`${filesLesson}/quiz.yaml`]: replacing('correct: true', 'correct: false') };
  expect(await issuesAfter(changes)).toEqual([`quiz-no-answer ${filesLesson}/quiz.yaml:2`]);
});

test('a single-choice question with two right answers is an error', async () => {
  const changes = { [`${filesLesson}/quiz.yaml`]: replacing('id: append\n', 'id: append\n        correct: true\n') };
  expect(await issuesAfter(changes)).toEqual([`quiz-many-answers ${filesLesson}/quiz.yaml:2`]);
});

test('a script without the executable bit is an error with the command that mends it', async () => {
  const path = `${filesLesson}/steps/make-file/check.sh`;
  const { issues } = await buildTiny({ [path]: (file) => ({ ...file, executable: false }) });
  expect(issues.map(place)).toEqual([`not-executable ${path}`]);
  expect(issues[0]?.fix.en).toBe(`chmod +x ${path}`);
});

test('a step with nothing to check is an error', async () => {
  const rules = await issuesAfter({ [`${filesLesson}/steps/make-file/check.sh`]: null });
  expect(rules).toContain(`step-without-check ${filesLesson}/lesson.yaml:12`);
});

test('a hint that the check names but lesson.yaml does not have is an error', async () => {
  const path = `${filesLesson}/steps/make-file/check.sh`;
  expect(await issuesAfter({ [path]: replacing('fail other-text', 'fail othertext') })).toEqual([
    `unknown-hint ${path}:3`,
    `unreachable-hint ${filesLesson}/lesson.yaml:18`,
  ]);
});

test('commands that drift apart between the languages are an error; comments may differ', async () => {
  const path = `${filesLesson}/en.mdx`;
  const { issues } = await buildTiny({ [path]: replacing('wc -l ~/hello.txt', 'wc -c ~/hello.txt') });
  expect(issues.map((issue) => issue.rule)).toEqual(['commands-differ']);
  expect(issues[0]?.message.en).toContain('wc -c ~/hello.txt');
});

test('a folder without an order prefix and one for an unknown step are errors', async () => {
  expect(await issuesAfter({ 'first/ko.mdx': 'x' })).toEqual(['folder-name first']);
  const path = `${filesLesson}/steps/ghost/check.sh`;
  expect(await issuesAfter({ [path]: '#!/bin/sh\n' })).toEqual([`unknown-step-folder ${filesLesson}/steps/ghost`]);
});

test('a quiz that a text forgets to show is an error', async () => {
  expect(await issuesAfter({ [`${filesLesson}/en.mdx`]: replacing('<Quiz />', '') })).toEqual([
    `missing-quiz ${filesLesson}/en.mdx`,
  ]);
});

test('a course without course.yaml is told so in both languages', async () => {
  const { course, issues } = await buildTiny({ 'course.yaml': null });
  expect(course).toBeUndefined();
  expect(issues[0]?.message).toEqual({ ko: 'course.yaml 파일이 없어요.', en: 'course.yaml is missing.' });
});
