import { expect, test } from 'vitest';
import { findLesson } from '../../src/course/model.ts';
import { publicQuestion } from '../../src/course/public-question.ts';
import { tinyCourse } from '../support/tiny-course.ts';

test('nothing that gives an answer away is in a public question', async () => {
  const questions = findLesson(await tinyCourse(), 'files')?.questions ?? [];
  expect(questions.map((question) => question.kind)).toEqual(['single', 'multiple', 'order', 'fill-in', 'ask-lab']);
  const sent = JSON.stringify(questions.map(publicQuestion));
  for (const secret of ['correct', 'why', 'accept', '--lines', 'mistakes', '덮어써요', 'hint'])
    expect(sent).not.toContain(secret);
});

test('items to order are never shown in the right order, and always in the same one', async () => {
  const order = findLesson(await tinyCourse(), 'files')?.questions.find((question) => question.kind === 'order');
  if (order?.kind !== 'order') throw new Error('the tiny course lost its order question');
  const shown = (seed: string) => {
    const asked = publicQuestion({ ...order, id: seed });
    return asked.kind === 'order' ? asked.items.map((item) => item.id).join() : '';
  };
  const right = order.items.map((item) => item.id).join();
  for (let seed = 0; seed < 200; seed += 1) {
    expect(shown(`question-${seed}`)).not.toBe(right);
    expect(shown(`question-${seed}`)).toBe(shown(`question-${seed}`));
  }
});
