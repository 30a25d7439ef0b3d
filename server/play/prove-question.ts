/**
 * Proves a question that is answered in the lab: its script prints a value, that value is graded right, another one wrong.
 */
import type { Course, Lesson, Script } from '../../src/course/model.ts';
import type { Question } from '../../src/course/schema.ts';
import { gradeQuiz } from '../check/grade-quiz.ts';
import type { Lab } from '../lab/lab.ts';
import type { LabHands } from './lab-hands.ts';
import type { Proof } from './proof.ts';
import { sentences } from './sentences.ts';

/** A question of the lab. */
export type LabQuestion = Extract<Question, { kind: 'ask-lab' }>;

/** What its proof needs. */
export interface QuestionProofInput {
  readonly question: LabQuestion;
  readonly script: Script;
  readonly lab: Lab;
  readonly course: Course;
  readonly lesson: Lesson;
  readonly hands: LabHands;
  readonly signal: AbortSignal;
}

/** Proves it. */
export async function proveQuestion(input: QuestionProofInput, proof: Proof): Promise<void> {
  const { hands, script, lab, course, lesson, question, signal } = input;
  const value = await proof.phase('value', async (complain) => {
    const found = await hands.valueOf(script);
    if (found === undefined) complain(sentences.noValue(script.path));
    return found;
  });
  if (value === undefined) return;
  for (const [answer, wanted] of [
    [value, 'correct'],
    [`${value}-wrong`, 'incorrect'],
  ] as const) {
    await proof.phase(wanted, async (complain) => {
      const { outcome } = await gradeQuiz({ lab, course, lesson, question, answer, signal });
      if (outcome !== wanted) complain(sentences.graded(wanted, outcome));
    });
  }
}
