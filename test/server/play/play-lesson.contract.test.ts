/** What play finds wrong in a lesson, and that it finds nothing wrong in a right one. */

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { SourceFile } from '../../../src/course/source.ts';
import { type Changes, filesLesson, replacing } from '../../support/tiny-course.ts';
import { playFiles } from './played.ts';

const yaml = `${filesLesson}/lesson.yaml`;
const step = `${filesLesson}/steps/make-file`;
/** Other printed commands in the place of `cat ~/hello.txt`, and what lesson.yaml says about typing them. */
const printing = (commands: string, play = '[]'): Changes => ({
  [`${filesLesson}/ko.mdx`]: replacing('cat ~/hello.txt', commands),
  [`${filesLesson}/en.mdx`]: replacing('cat ~/hello.txt', commands),
  [yaml]: replacing('    hints:\n      no-file:', `    play: ${play}\n    hints:\n      no-file:`),
});

test('a right lesson passes, part by part, and leaves neither a lab nor a transcript', async () => {
  await using played = await playFiles();
  expect(played.complaints).toEqual([]);
  expect(played.left).toEqual([]);
  expect(played.lesson.transcript).toBeUndefined();
  const phases = played.lesson.items.map(({ id, outcome, phases }) => [id, outcome, phases.map(({ name }) => name)]);
  expect(phases).toEqual([
    [
      'make-file',
      'passed',
      ['start', 'wrong/no-file', 'wrong/other-text', 'typed', 'check', 'again', 'reset', 'solve'],
    ],
    ['count-lines', 'passed', ['start', 'typed', 'check', 'again', 'wrong value/lines', 'wrong value/owner', 'solve']],
    ['kernel-name', 'passed', ['value', 'correct', 'incorrect']],
  ]);
});

test('a walk is what a learner does; a single step begins where the ones before it end', async () => {
  await using walked = await playFiles({}, { locale: 'en', depth: 'walk' });
  expect(walked.complaints).toEqual([]);
  expect(walked.lesson.items[0]?.phases.map(({ name }) => name)).toEqual(['start', 'typed', 'check']);
  await using single = await playFiles(
    { [`${filesLesson}/steps/count-lines/setup.sh`]: null },
    { only: ['count-lines'] },
  );
  expect([single.complaints, single.lesson.items.map(({ id }) => id)]).toEqual([[], ['count-lines']]);
});

test('a step that stands alone begins with its own setup; those before it are left out', async () => {
  const alone = {
    [`${filesLesson}/lesson.yaml`]: (file: SourceFile) => ({
      ...file,
      text: file.text.replace('- id: count-lines\n', '- id: count-lines\n    standsAlone: true\n'),
    }),
  };
  await using prepared = await playFiles(alone, { only: ['count-lines'] });
  expect(prepared.complaints).toEqual([]);
  const unprepared = { ...alone, [`${filesLesson}/steps/count-lines/setup.sh`]: null };
  await using bare = await playFiles(unprepared, { only: ['count-lines'] });
  expect(bare.complaints).not.toEqual([]);
  // Played with the others it comes after them, as ever.
  await using all = await playFiles(unprepared, { depth: 'walk' });
  expect(all.complaints).toEqual([]);
});

test('a task that prints no commands is done by its model solution', async () => {
  const unprinted = (file: SourceFile) => ({ ...file, text: file.text.replace('```bash', '```text') });
  const texts = Object.fromEntries(['ko', 'en'].map((locale) => [`${filesLesson}/${locale}.mdx`, unprinted]));
  await using task = await playFiles(texts, { depth: 'walk' });
  expect(task.complaints).toEqual([]);
  const phases = task.lesson.items.map((item) => item.phases.map(({ name }) => name));
  expect(phases.slice(0, 2)).toEqual([
    ['start', 'solved', 'check'],
    ['start', 'typed', 'check'],
  ]);
});

test('a check that cannot fail is told, and the transcript of everything is kept', async () => {
  await using played = await playFiles({
    [`${step}/check.sh`]: '#!/bin/sh\n# fail no-file, fail other-text\nexit 0\n',
  });
  expect(played.complaints[0]).toBe(
    'make-file start: The check passes before anything was done. A check must be able to fail.',
  );
  expect(played.complaints.map((line) => line.split(':')[0])).toContain('make-file reset');
  const transcript = await readFile(played.lesson.transcript as string, 'utf8');
  expect(transcript).toContain('type cat ~/hello.txt');
  expect(transcript).toContain('| world');
  expect(transcript).toContain('wrong/no-file.sh: exit 0');
});

test('a wrong turn that gives another hint is told with both', async () => {
  await using played = await playFiles({ [`${step}/wrong/no-file.sh`]: '#!/bin/sh\necho HELLO > "$HOME/hello.txt"\n' });
  expect(played.complaints).toEqual([
    'make-file wrong/no-file: This wrong turn should give the hint no-file, but the check said: fail, hint other-text',
  ]);
});

test('a printed command that fails is told with its line; one that is meant to fail must', async () => {
  await using played = await playFiles(printing('cat ~/helo.txt'));
  expect(played.complaints).toHaveLength(1);
  expect(played.complaints[0]).toContain('make-file typed: The command of line 23 ended with 1: cat ~/helo.txt');
  await using meant = await playFiles(printing('cat ~/helo.txt', '[{ command: cat ~/helo.txt, fails: true }]'));
  expect(meant.complaints).toEqual([]);
  await using fine = await playFiles(printing('cat hello.txt', '[{ command: cat hello.txt, fails: true }]'));
  expect(fine.complaints).toEqual([
    'make-file typed: The command of line 23 is said to fail, but did not: cat hello.txt',
  ]);
});

test('a program that stays in the foreground is told, and the lesson goes on', async () => {
  await using played = await playFiles(printing('tail -f hello.txt\ncat hello.txt'), { promptMs: 2_000 });
  expect(played.complaints).toEqual([
    'make-file typed: After the command of line 23 no prompt came back: tail -f hello.txt',
  ]);
  await using answered = await playFiles(
    printing(
      'tail -f hello.txt',
      "[{ command: tail -f hello.txt, fails: true, answers: [{ see: world, press: '<Ctrl-C>' }] }]",
    ),
  );
  expect(answered.complaints).toEqual([]);
});

test('questions are answered, shells without marks are known by their prompt, a terminal that ends is opened again', async () => {
  const ask = 'read -rp "Really? " word && test "$word" = 예';
  const commands = `${ask}\nPS1='inner> ' sh\ncd /\nexit\nexit\npwd`;
  const play = `
      - command: '${ask}'
        answers: [{ see: 'Really\\?', press: '예<Enter>' }]
      - { command: "PS1='inner> ' sh", prompt: 'inner> ' }`;
  await using ended = await playFiles(printing(commands, play));
  expect(ended.complaints).toEqual(['make-file typed: The command of line 27 ended the terminal: exit']);
  const again = commands.replace('exit\nexit', 'exit\n exec true').replace(' exec', 'exec');
  await using opened = await playFiles(printing(again, `${play}\n      - { command: exec true, reopens: true }`));
  expect(opened.complaints).toEqual([]);
});

test('an answer that is never asked for is told', async () => {
  const play = "[{ command: echo hello, answers: [{ see: 'Password:', press: 'x<Enter>' }] }]";
  await using played = await playFiles(printing('echo hello', play));
  expect(played.complaints).toEqual([
    'make-file typed: After the command of line 23 Password: was not shown: echo hello',
  ]);
});

test('another way that the check does not take, a reset that does not, a solution that fails: each is told', async () => {
  await using played = await playFiles({
    [`${step}/alt/shout.sh`]: '#!/bin/sh\necho HELLO > "$HOME/hello.txt"\n',
    [`${step}/solve.sh`]: '#!/bin/sh\nexit 3\n',
  });
  const own = played.complaints.filter((line) => line.startsWith('make-file'));
  expect(own.map((line) => line.replace(/:.*/, ''))).toEqual([
    'make-file alt/shout',
    'make-file solve',
    'make-file solve',
  ]);
  expect(played.complaints[1]).toContain('exit 3');
  await using stuck = await playFiles({ [`${step}/reset.sh`]: '#!/bin/sh\ntrue\n' });
  expect(stuck.complaints).toContain('make-file reset: The check should say "not yet", but said: pass');
});

test('a value script that prints nothing, and one that takes any value, are told', async () => {
  const lines = `${filesLesson}/steps/count-lines/ask/lines.sh`;
  await using empty = await playFiles({ [lines]: '#!/bin/sh\ntrue\n' });
  expect(empty.complaints[0]).toBe(`count-lines check: ${lines} did not print the right value.`);
});

test('steps that the lab cannot run are listed as such, never as passed', async () => {
  await using played = await playFiles({
    [yaml]: replacing('    hints:\n      no-file:', '    needs: [docker, hub]\n    hints:\n      no-file:'),
    [`${filesLesson}/steps/count-lines/ask/lines.sh`]: '#!/bin/sh\necho 2\n',
  });
  expect(played.lesson.items[0]).toMatchObject({ id: 'make-file', outcome: 'not-run', missing: ['docker', 'hub'] });
});

test('a lesson whose preparation fails is told as not ready', async () => {
  await using played = await playFiles({ [`${filesLesson}/setup.sh`]: '#!/bin/sh\nexit 7\n' });
  expect(played.complaints).toHaveLength(1);
  expect(played.complaints[0]).toContain('lesson lab: The lab could not be made ready');
  expect(played.left).toEqual([]);
});
