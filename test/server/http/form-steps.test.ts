import { expect, test } from 'vitest';
import { formsCourse } from '../../support/forms-course.ts';
import { createTestServer } from './test-http.ts';

const plan = '/api/courses/forms/lessons/network/steps/plan';

test('a form is filled in, solved and cleared over HTTP without a lab; only the solution tells the solution', async () => {
  const course = await formsCourse();
  await using server = await createTestServer({ changeCourse: () => course });
  const learner = await server.enter();
  const wrong = await learner.post(`${plan}/check`, {
    answers: { switch: 'left', subnet: '213.0.113.0', mask: '/24' },
  });
  expect(wrong).toMatchObject({ status: 200, json: { result: { status: 'fail', hint: 'switch' }, trigger: 'button' } });
  expect(wrong.text).not.toContain('10.98.76');
  expect((await learner.get('/api/courses/forms/progress')).text).not.toContain('10.98.76');
  const solution = await learner.post(`${plan}/solution`);
  expect(solution.json).toEqual({ text: { ko: expect.stringContaining('10.98.76.0'), en: expect.any(String) } });
  const cleared = await learner.post(`${plan}/reset`);
  expect(cleared).toMatchObject({ status: 200, json: { progress: { attempts: 1 } } });
  expect((await learner.get('/api/lab')).json).toMatchObject({ state: 'none' });
});

test('a form takes texts of a sensible length only', async () => {
  const course = await formsCourse();
  await using server = await createTestServer({ changeCourse: () => course });
  const learner = await server.enter();
  const refused = async (answers: unknown) => (await learner.post(`${plan}/check`, { answers })).status;
  expect(await refused({ subnet: 'x'.repeat(501) })).toBe(400);
  expect(await refused({ subnet: 7 })).toBe(400);
  expect(await refused({ subnet: ['10.0.0.0'] })).toBe(400);
});
