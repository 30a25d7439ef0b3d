/** `tadak play` and `tadak lint` as an author runs them: processes of their own, exit codes, JSON, Ctrl-C. */
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PlayReport } from '../../../server/play/report.ts';
import { filesLesson, tinyFolder } from '../../support/tiny-course.ts';
import { createTemporaryFolder, printedMatch, runCli, runToEnd } from '../run-cli.ts';

const args = (data: string, ...more: string[]) => ['--lab', 'local', '--data', data, '--course', tinyFolder, ...more];

/** A copy of the tiny course that a test may change. */
function copyTiny(folder: string): string {
  const course = join(folder, 'tiny');
  cpSync(tinyFolder, course, { recursive: true });
  return course;
}

function change(course: string, path: string, from: string, to: string): void {
  const file = join(course, path);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

test('a lesson in both languages as JSON: the first one in full, the second as a walk', async () => {
  using folder = createTemporaryFolder();
  const { code, printed } = await runToEnd(['play', 'files', ...args(folder.path, '--json', '--jobs', '2')]);
  expect(code, printed).toBe(0);
  const report = JSON.parse(printed.slice(printed.indexOf('\n{') + 1, printed.lastIndexOf('\n}') + 2)) as PlayReport;
  expect(report).toMatchObject({ ok: true, lab: 'local', counts: { passed: 6, failed: 0, 'not-run': 0 } });
  expect(report.lessons.map(({ locale, depth }) => [locale, depth])).toEqual([
    ['ko', 'full'],
    ['en', 'walk'],
  ]);
  expect(printed).toContain('✓ files/make-file (ko)');
});

test('a broken lesson ends with 1 and names the file of the transcript; wrong usage and unknown names say what there is', async () => {
  using folder = createTemporaryFolder();
  const course = copyTiny(folder.path);
  for (const locale of ['ko', 'en'])
    change(course, `${filesLesson}/${locale}.mdx`, 'cat ~/hello.txt', 'cat ~/helo.txt');
  const own = ['--lab', 'local', '--data', folder.path, '--course', course];
  const broken = await runToEnd(['play', 'files/make-file', '--locale', 'en', ...own]);
  expect(broken.code, broken.printed).toBe(1);
  const transcript = /Transcript: (\S+)/.exec(broken.printed)?.[1] ?? '';
  expect(readFileSync(transcript, 'utf8')).toContain('helo.txt: No such file or directory');
  const unknown = await runToEnd(['play', 'file', ...own]);
  expect(unknown.code).toBe(1);
  expect(unknown.printed).toContain('files, processes');
  for (const wrong of [
    ['--locale', 'fr'],
    ['--jobs', '0'],
    ['--changed', 'no-such-commit'],
  ]) {
    const { code, printed } = await runToEnd(['play', ...wrong, ...own]);
    expect([code, printed.includes(wrong[1] as string)], printed).toEqual([2, true]);
  }
});

test('what fails once and passes when it is played again is told to vary, and does not fail the play', async () => {
  using folder = createTemporaryFolder();
  const course = copyTiny(folder.path);
  const mark = join(folder.path, 'looked-at-once');
  const check = join(course, filesLesson, 'steps/make-file/check.sh');
  const [first = '', ...rest] = readFileSync(check, 'utf8').split('\n');
  writeFileSync(check, [first, `[ -e ${mark} ] || { touch ${mark}; exit 3; }`, ...rest].join('\n'));
  const own = ['--lab', 'local', '--data', folder.path, '--course', course, '--walk', '--locale', 'ko'];
  const { code, printed } = await runToEnd(['play', 'files', '--again', ...own]);
  expect(code, printed).toBe(0);
  expect(printed).toContain('✗ files/make-file (ko)');
  expect(printed).toContain('The lesson that failed is played once more on a fresh lab: files');
  expect(printed).toContain('~ files/make-file (ko, local) failed 1 of 2 times');
  expect(printed).toMatch(/\d+ passed, 0 failed/);
});

test('only what changed since a commit is played', async () => {
  using folder = createTemporaryFolder();
  const course = copyTiny(folder.path);
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', folder.path, '-c', 'user.name=a', '-c', 'user.email=a@b', ...words], { stdio: 'pipe' });
  for (const words of [
    ['init', '-q'],
    ['add', 'tiny'],
    ['commit', '-qm', 'all'],
  ])
    git(...words);
  const own = [
    '--lab',
    'local',
    '--data',
    join(folder.path, 'data'),
    '--course',
    course,
    '--walk',
    '--changed',
    'HEAD',
  ];
  const none = await runToEnd(['play', ...own]);
  expect([none.code, none.printed]).toEqual([0, 'No lesson changed since HEAD.\n']);
  writeFileSync(join(course, filesLesson, 'steps/make-file/reset.sh'), '#!/bin/sh\nrm -f "$HOME/hello.txt"\n');
  const one = await runToEnd(['play', ...own]);
  expect(one.code, one.printed).toBe(0);
  expect(one.printed).toContain('✓ files/make-file (ko)');
  expect(one.printed).not.toContain('processes/');
});

test('Ctrl-C ends a play at once with 130 and leaves no lab', async () => {
  using folder = createTemporaryFolder();
  const course = copyTiny(folder.path);
  for (const locale of ['ko', 'en']) change(course, `${filesLesson}/${locale}.mdx`, 'cat ~/hello.txt', 'sleep 600');
  const cli = runCli(['play', 'files', '--locale', 'ko', '--lab', 'local', '--data', folder.path, '--course', course]);
  await using _cli = cli;
  await printedMatch(cli, /Playing/, 60_000);
  cli.kill('SIGINT');
  expect(await cli.exited, cli.printed()).toBe(130);
  expect(cli.printed()).toContain('No lab is left');
  expect(readdirSync(join(folder.path, 'play/local/run/local'))).toEqual([]);
});

test('lint ends with 1 for an error, as sentences and as JSON', async () => {
  using folder = createTemporaryFolder();
  const course = copyTiny(folder.path);
  change(course, `${filesLesson}/steps/make-file/check.sh`, '[ -f', 'cd $HOME; [ -f');
  change(course, `${filesLesson}/en.mdx`, '</Fix>', '');
  const told = await runToEnd(['lint', '--course', course]);
  expect(told.code).toBe(1);
  expect(told.printed).toContain(`${filesLesson}/en.mdx:45:1: error [unclosed-tag] <Fix> is not closed.`);
  expect(told.printed).toContain(`${filesLesson}/steps/make-file/check.sh:2:1: error [shellcheck] SC2164`);
  expect(told.printed).toContain('2 errors, 0 warnings');
  const json = await runToEnd(['lint', '--course', course, '--json']);
  expect(json.code).toBe(1);
  expect(JSON.parse(json.printed)).toMatchObject([
    { rule: 'unclosed-tag', line: 45, column: 1 },
    { rule: 'shellcheck', line: 2, column: 1 },
  ]);
  expect((await runToEnd(['lint', '--course', tinyFolder])).code).toBe(0);
});
