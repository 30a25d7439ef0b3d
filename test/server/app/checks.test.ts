import { expect, test } from 'vitest';
import { answerQuiz } from '../../../server/app/answer-quiz.ts';
import { checkStep } from '../../../server/app/check-step.ts';
import { resetStep } from '../../../server/app/reset-step.ts';
import { showSolution } from '../../../server/app/show-solution.ts';
import type { Lab } from '../../../server/lab/lab.ts';
import type { LearnerId } from '../../../src/course/ids.ts';
import { changeTinyStep, createTestApp, readyLab, type TestApp } from './test-app.ts';

const signal = AbortSignal.timeout(60_000);
const lesson = { course: 'tiny', lesson: 'files' };
const makeFile = { ...lesson, step: 'make-file', signal };
const countLines = { ...lesson, step: 'count-lines', signal };
const shell = (lab: Lab, script: string) => lab.exec(script, { signal, timeoutMs: 5000 });
const writeHello = `printf 'hello\\nworld\\n' > "$HOME/hello.txt"`;

async function begin(world: TestApp): Promise<{ learner: LearnerId; lab: Lab }> {
  const learner = world.newLearner();
  return { learner, lab: await readyLab(world, learner) };
}

test('a check says what is missing, passes when it is there, and tells every page', async () => {
  await using world = await createTestApp();
  const { learner, lab } = await begin(world);
  const before = await checkStep(world.app, learner, makeFile);
  expect(before.result).toMatchObject({ status: 'fail', hint: 'no-file' });
  await shell(lab, writeHello);
  const after = await checkStep(world.app, learner, makeFile);
  expect(after).toMatchObject({
    result: { status: 'pass' },
    trigger: 'button',
    progress: { passed: true, attempts: 2 },
  });
  expect(after.why?.ko).toContain('printf');
  const types = world.told.map(({ message }) => message.type).filter((type) => type !== 'lab');
  expect(types).toEqual(['checking', 'checked', 'progress', 'checking', 'checked', 'progress']);
});

test('without a lab a check is refused and not counted', async () => {
  await using world = await createTestApp();
  const learner = world.newLearner();
  expect(() => checkStep(world.app, learner, makeFile)).toThrow(/no lab yet/);
});

test('a step counts only after the earlier ones', async () => {
  await using world = await createTestApp();
  const { learner, lab } = await begin(world);
  await shell(lab, writeHello);
  const early = await checkStep(world.app, learner, countLines);
  expect(early.result).toMatchObject({ status: 'skipped', because: { kind: 'earlier-step', step: 'make-file' } });
  expect(early.progress.attempts).toBe(0);
  await checkStep(world.app, learner, makeFile);
  const wrong = await checkStep(world.app, learner, { ...countLines, answers: { lines: '3', owner: 'me' } });
  expect(wrong.result).toMatchObject({ status: 'fail', wrongAnswers: ['lines'] });
  const right = await checkStep(world.app, learner, { ...countLines, answers: { lines: '2', owner: 'me' } });
  expect(right.result.status).toBe('pass');
});

test('a step that this lab cannot show is skipped and does not block the next', async () => {
  await using world = await createTestApp({ changeCourse: changeTinyStep('make-file', { needs: ['docker'] }) });
  const { learner, lab } = await begin(world);
  await shell(lab, writeHello);
  const reading = await checkStep(world.app, learner, makeFile);
  expect(reading.result).toMatchObject({ status: 'skipped', because: { kind: 'needs', missing: ['docker'] } });
  const said = reading.result.status === 'skipped' ? reading.result.message : undefined;
  expect(said?.ko).toContain('없는 것: Docker. 그래서 이 단계는 읽기만 해요.');
  expect(said?.ko).toContain('해 볼 수 있는 곳: 실습용 가상 머신(`--lab qemu`), 컨테이너');
  expect(said?.en).toContain('lacks: Docker. So this step is for reading; it does not count against you. It can be');
  const next = await checkStep(world.app, learner, { ...countLines, answers: { lines: '2', owner: 'me' } });
  expect(next.result.status).toBe('pass');
});

test('a reset takes the step back, and the pass is kept as regressed', async () => {
  await using world = await createTestApp();
  const { learner, lab } = await begin(world);
  await shell(lab, writeHello);
  await checkStep(world.app, learner, makeFile);
  const view = await resetStep(world.app, learner, makeFile);
  expect(view).toMatchObject({
    result: { status: 'fail', hint: 'no-file' },
    progress: { passed: true, regressed: true },
  });
});

test('a step that counts once keeps its pass whatever the lab looks like later', async () => {
  await using world = await createTestApp({ changeCourse: changeTinyStep('make-file', { once: true }) });
  const { learner, lab } = await begin(world);
  expect((await checkStep(world.app, learner, makeFile)).result.status).toBe('fail');
  await shell(lab, writeHello);
  expect((await checkStep(world.app, learner, makeFile)).result.status).toBe('pass');
  await shell(lab, 'rm "$HOME/hello.txt"');
  const kept = { result: { status: 'pass' }, progress: { passed: true, regressed: false, attempts: 2 } };
  const again = await checkStep(world.app, learner, makeFile);
  expect(again).toMatchObject(kept);
  expect(again.why?.ko).toContain('printf');
  expect(await resetStep(world.app, learner, makeFile)).toMatchObject(kept);
});

test('a reset script that breaks is our error and does not count', async () => {
  const reset = { path: 'reset.sh', text: 'echo oops >&2; exit 3' };
  await using world = await createTestApp({ changeCourse: changeTinyStep('make-file', { reset }) });
  const { learner } = await begin(world);
  const view = await resetStep(world.app, learner, makeFile);
  expect(view.result).toMatchObject({ status: 'error', code: 'check-broken' });
  expect(view.progress.attempts).toBe(0);
});

test('a check that breaks is our error, does not count, and is logged for its author', async () => {
  const check = { path: 'check.sh', text: 'echo oops >&2; exit 7' };
  await using world = await createTestApp({ changeCourse: changeTinyStep('make-file', { check }) });
  const { learner } = await begin(world);
  const view = await checkStep(world.app, learner, makeFile);
  expect(view).toMatchObject({ result: { status: 'error', code: 'check-broken' }, progress: { attempts: 0 } });
  expect(world.lines.join('\n')).toContain('oops');
});

test('the solution is shown without its interpreter line', async () => {
  await using world = await createTestApp();
  expect(showSolution(world.app, world.newLearner(), makeFile)).toEqual({ script: writeHello });
});

test('what is not in the course is not found', async () => {
  await using world = await createTestApp();
  const { learner } = await begin(world);
  expect(() => checkStep(world.app, learner, { ...makeFile, course: 'other' })).toThrow(/course other/);
  expect(() => checkStep(world.app, learner, { ...makeFile, lesson: 'other' })).toThrow(/lesson other/);
  expect(() => checkStep(world.app, learner, { ...makeFile, step: 'other' })).toThrow(/step other/);
});

test('a quiz answer is graded, recorded and told', async () => {
  await using world = await createTestApp();
  const { learner } = await begin(world);
  const ask = (answer: string) => answerQuiz(world.app, learner, { ...lesson, question: 'redirect', answer, signal });
  expect(await ask('append')).toMatchObject({ outcome: 'incorrect', attempts: 1, firstCorrect: false });
  expect(await ask('to-file')).toMatchObject({ outcome: 'correct', attempts: 2, firstCorrect: false });
  const fromLab = await answerQuiz(world.app, learner, { ...lesson, question: 'kernel-name', answer: 'Linux', signal });
  expect(fromLab.outcome).toBe('correct');
  const told = world.told.filter(({ message }) => message.type === 'progress');
  expect(told).toHaveLength(3);
});

test('two checks of one learner never run at the same time', async () => {
  const check = { path: 'check.sh', text: 'mkdir "$HOME/busy" || exit 9; sleep 0.2; rmdir "$HOME/busy"' };
  await using world = await createTestApp({ changeCourse: changeTinyStep('make-file', { check }) });
  const { learner } = await begin(world);
  const views = await Promise.all([1, 2, 3].map(() => checkStep(world.app, learner, makeFile)));
  expect(views.map(({ result }) => result.status)).toEqual(['pass', 'pass', 'pass']);
});
