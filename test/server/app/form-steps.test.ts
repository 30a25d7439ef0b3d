import { expect, test } from 'vitest';
import { checkStep } from '../../../server/app/check-step.ts';
import { resetStep } from '../../../server/app/reset-step.ts';
import { showSolution } from '../../../server/app/show-solution.ts';
import { solutionOf } from '../../../src/course/form/grade-form.ts';
import { formsCourse, planStep } from '../../support/forms-course.ts';
import { createTestApp, readyLab, type TestApp } from './test-app.ts';

const signal = AbortSignal.timeout(60_000);
const plan = { course: 'forms', lesson: 'network', step: 'plan', signal };
const file = { ...plan, step: 'file' };

async function begin(): Promise<{ world: TestApp; right: Record<string, string> }> {
  const course = await formsCourse();
  return {
    world: await createTestApp({ changeCourse: () => course }),
    right: { ...solutionOf((await planStep()).form) },
  };
}

test('a form is checked without a lab and before the steps above it, and every page hears of it', async () => {
  const { world, right } = await begin();
  await using _ = world;
  const learner = world.newLearner();
  const wrong = await checkStep(world.app, learner, { ...plan, answers: { ...right, door: '10.98.76.1' } });
  expect(wrong).toMatchObject({
    result: { status: 'fail', hint: 'door', problems: [{ fields: ['door'], hint: 'door', expected: '10.98.76.2' }] },
    progress: { passed: false, attempts: 1 },
  });
  const passed = await checkStep(world.app, learner, { ...plan, answers: right });
  expect(passed).toMatchObject({ result: { status: 'pass' }, progress: { passed: true, attempts: 2 } });
  expect(passed.why?.en).toContain('private space');
  expect(world.told.map(({ message }) => message.type)).toEqual(['checked', 'progress', 'checked', 'progress']);
  expect(world.app.desk.find(learner)).toBeUndefined();
});

test('a pass is kept; other values afterwards, or clearing the form, only mark it', async () => {
  const { world, right } = await begin();
  await using _ = world;
  const learner = world.newLearner();
  const untouched = await resetStep(world.app, learner, plan);
  expect(untouched.progress).toEqual({ passed: false, regressed: false, attempts: 0 });
  await checkStep(world.app, learner, { ...plan, answers: right });
  const worse = await checkStep(world.app, learner, { ...plan, answers: { ...right, switch: 'left' } });
  expect(worse.progress).toMatchObject({ passed: true, regressed: true });
  await checkStep(world.app, learner, { ...plan, answers: right });
  const cleared = await resetStep(world.app, learner, plan);
  expect(cleared).toMatchObject({ result: { status: 'fail' }, progress: { passed: true, regressed: true } });
});

test('an open form blocks no step in the lab', async () => {
  const { world } = await begin();
  await using _ = world;
  const learner = world.newLearner();
  const lab = await readyLab(world, learner);
  await lab.exec('touch ~/plan.txt', { signal, timeoutMs: 5000 });
  expect((await checkStep(world.app, learner, file)).result).toEqual({ status: 'pass' });
});

test('without answers, with unknown fields and with control characters a form just says what is missing', async () => {
  const { world, right } = await begin();
  await using _ = world;
  const learner = world.newLearner();
  const nothing = await checkStep(world.app, learner, plan);
  expect(nothing.result).toMatchObject({ status: 'fail', message: { ko: expect.stringContaining('아무것도') } });
  const odd = await checkStep(world.app, learner, { ...plan, answers: { ...right, other: 'x', name: 'a\u0007b' } });
  expect(odd.result).toMatchObject({ status: 'fail', problems: [{ fields: ['name'], actual: 'a b' }] });
});

test('the solution of a form is its values by label, and asking for it is recorded like any other', async () => {
  const { world } = await begin();
  await using _ = world;
  const view = showSolution(world.app, world.newLearner(), plan);
  expect(view).toEqual({ text: { ko: expect.stringContaining('서브넷: 10.98.76.0'), en: expect.any(String) } });
});
