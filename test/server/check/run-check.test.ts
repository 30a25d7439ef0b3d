import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCheck } from '../../../server/check/run-check.ts';
import type { ScriptRun } from '../../../server/check/run-script.ts';
import type { Lab } from '../../../server/lab/lab.ts';
import type { CheckResult } from '../../../src/course/result.ts';
import { openLocalLab } from '../../support/local-lab.ts';
import { type Changes, filesLesson, stepOf, tinyCourse } from '../../support/tiny-course.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLocalLab();
});
afterAll(async () => {
  await lab[Symbol.asyncDispose]();
});

const checkPath = `${filesLesson}/steps/make-file/check.sh`;
const signal = AbortSignal.timeout(60_000);

async function check(
  step: string,
  options: { changes?: Changes; answers?: Record<string, string>; onRun?: (run: ScriptRun) => void } = {},
): Promise<CheckResult> {
  const course = await tinyCourse(options.changes);
  const { lesson, step: found } = stepOf(course, 'files', step);
  return runCheck({ lab, course, lesson, step: found, answers: options.answers, signal, onRun: options.onRun });
}
async function inLab(script: string): Promise<void> {
  expect(await lab.exec(script, { signal, timeoutMs: 10_000 })).toMatchObject({ kind: 'exited', exitCode: 0 });
}

test('a check fails with its hint, passes once the state is right, and passes again', async () => {
  await inLab('rm -f ~/hello.txt');
  expect(await check('make-file')).toMatchObject({
    status: 'fail',
    hint: 'no-file',
    message: { ko: expect.stringContaining('아직 없어요') },
  });
  await inLab('echo other > ~/hello.txt');
  expect(await check('make-file')).toMatchObject({ status: 'fail', hint: 'other-text' });
  await inLab("printf 'hello\\nworld\\n' > ~/hello.txt");
  expect(await check('make-file')).toEqual({ status: 'pass' });
  expect(await check('make-file')).toEqual({ status: 'pass' });
});

test('expected and actual reach the learner without control characters', async () => {
  const text = `#!/bin/bash\nprintf 'noise\\nHINT:no-file\\texpected=hello\\tactual=\\e[31mh\\u0007i\\n' >&2; exit 1 # fail other-text\n`;
  expect(await check('make-file', { changes: { [checkPath]: text } })).toMatchObject({
    expected: 'hello',
    actual: '[31mh i',
  });
});

test.each([
  ['a command that is not there', 'no-such-command-here; exit 127', 'check-broken'],
  ['an exit code that means nothing', 'exit 7', 'check-broken'],
  ['a signal', 'kill -9 $$', 'check-broken'],
])('%s in a check is our error, not the learner’s', async (_name, script, code) => {
  expect(
    await check('make-file', { changes: { [checkPath]: `#!/bin/bash\n${script} # fail no-file fail other-text\n` } }),
  ).toMatchObject({ status: 'error', code });
});

test('a check that hangs is our error and says after how many seconds', async () => {
  const changes: Changes = {
    [checkPath]: '#!/bin/bash\nsleep 60 # fail no-file fail other-text\n',
    [`${filesLesson}/lesson.yaml`]: (file) => ({
      ...file,
      text: file.text.replace('- id: make-file\n', '- id: make-file\n    timeoutSeconds: 1\n'),
    }),
  };
  expect(await check('make-file', { changes })).toMatchObject({
    status: 'error',
    code: 'check-timeout',
    message: { ko: expect.stringContaining('1초') },
  });
});

test('a failure without a named hint still says "not yet"', async () => {
  const changes = { [checkPath]: '#!/bin/bash\nexit 1 # fail no-file fail other-text\n' };
  expect(await check('make-file', { changes })).toMatchObject({
    status: 'fail',
    message: { en: expect.stringContaining('Not there yet') },
  });
});

test('asked values are compared with what the lab says; a wrong one is named with its own hint', async () => {
  await inLab("printf 'hello\\nworld\\n' > ~/hello.txt");
  expect(await check('count-lines')).toMatchObject({ status: 'fail', wrongAnswers: [] });
  expect(await check('count-lines', { answers: { lines: '3', owner: 'me' } })).toMatchObject({
    status: 'fail',
    wrongAnswers: ['lines'],
    message: { en: 'Count them with `wc -l`.' },
  });
  expect(await check('count-lines', { answers: { lines: ' 2 ', owner: 'me' } })).toEqual({ status: 'pass' });
});

test('the author gets the full record of a run', async () => {
  const runs: ScriptRun[] = [];
  await check('make-file', { onRun: (run) => runs.push(run) });
  expect(runs.map((run) => run.script)).toEqual([checkPath]);
  expect(runs[0]?.result).toMatchObject({ kind: 'exited', durationMs: expect.any(Number) });
});
