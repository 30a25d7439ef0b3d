import { expect, test } from 'vitest';
import { type Graded, gradeQuiz } from '../../../server/check/grade-quiz.ts';
import { findLesson } from '../../../src/course/model.ts';
import { openLocalLab } from '../../support/local-lab.ts';
import { tinyCourse } from '../../support/tiny-course.ts';

const signal = AbortSignal.timeout(60_000);

async function grade(
  id: string,
  answer: string | readonly string[],
  lab?: Awaited<ReturnType<typeof openLocalLab>>,
): Promise<Graded> {
  const course = await tinyCourse();
  const lesson = findLesson(course, 'files');
  const question = lesson?.questions.find((candidate) => candidate.id === id);
  if (!lesson || !question) throw new Error(`no question ${id}`);
  return gradeQuiz({ lab, course, lesson, question, answer, signal });
}

test('a wrong choice is explained without giving the right one away', async () => {
  const graded = await grade('redirect', 'append');
  expect(graded.outcome).toBe('incorrect');
  expect(Object.keys(graded.explanations)).toEqual(['append']);
});

test('a right choice explains every choice', async () => {
  const graded = await grade('redirect', 'to-file');
  expect(graded.outcome).toBe('correct');
  expect(Object.keys(graded.explanations)).toEqual(['to-file', 'append', 'compare']);
});

test('an incomplete but so far right selection is told that there is more', async () => {
  const graded = await grade('readers', ['cat']);
  expect(graded).toMatchObject({ outcome: 'incorrect', message: { ko: expect.stringContaining('더 있어요') } });
  expect((await grade('readers', ['less', 'cat'])).outcome).toBe('correct');
  expect((await grade('readers', ['cat', 'less', 'touch'])).outcome).toBe('incorrect');
});

test('an order is right only as a whole; the place of the first mistake is told', async () => {
  expect((await grade('life', ['amber', 'birch', 'cedar'])).outcome).toBe('correct');
  const graded = await grade('life', ['amber', 'cedar', 'birch']);
  expect(graded).toMatchObject({ outcome: 'incorrect', message: { en: expect.stringContaining('number 2') } });
  expect(Object.keys(graded.explanations)).toEqual(['amber']);
});

test('a typed answer is compared with folded white space; known mistakes get their own words', async () => {
  expect((await grade('count-option', '  --lines ')).outcome).toBe('correct');
  expect((await grade('count-option', '-L')).outcome).toBe('incorrect');
  expect(await grade('count-option', '-w')).toMatchObject({
    outcome: 'incorrect',
    message: { en: '`-w` counts words.' },
  });
});

test('asking the lab compares with what the lab says now', async () => {
  await using lab = await openLocalLab();
  expect((await grade('kernel-name', 'Linux', lab)).outcome).toBe('correct');
  expect(await grade('kernel-name', 'Windows', lab)).toMatchObject({
    outcome: 'incorrect',
    message: { en: expect.stringContaining('uname -s') },
  });
});

test('asking the lab without one is our trouble, not a wrong answer', async () => {
  expect((await grade('kernel-name', 'Linux')).outcome).toBe('error');
});

test.each([
  ['redirect', ['to-file', 'append']],
  ['redirect', 'ghost'],
  ['redirect', []],
  ['life', ['amber']],
  ['count-option', ['-l']],
])('an answer that does not fit question %s is refused: %j', async (id, answer) => {
  await expect(grade(id, answer)).rejects.toMatchObject({ code: 'bad-message' });
});
