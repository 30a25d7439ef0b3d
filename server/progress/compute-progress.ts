/**
 * Computes progress from attempts. Pure: the one place that says what counts, what is kept and what regresses.
 * Knows nothing about where attempts are stored.
 */
import type { CheckResult } from '../../src/course/result.ts';
import type { QuestionProgress, QuizView, StepProgress } from '../../src/protocol/api.ts';

/** A stored check; `times` is how often the same automatic result came in a row. */
export interface StoredStepAttempt {
  readonly result: CheckResult;
  readonly times: number;
  readonly at: number;
}
/** A stored answer. */
export type StoredAnswer = Omit<QuizView, 'attempts' | 'firstCorrect'>;

/**
 * Progress of one step from its attempts, oldest first. Only passes and fails count: an error is ours, and a
 * skip says nothing about the learner. A pass is kept for ever; a later fail only marks it as regressed.
 */
export function computeStepProgress(attempts: readonly StoredStepAttempt[]): StepProgress {
  const counted = attempts.filter(({ result }) => result.status === 'pass' || result.status === 'fail');
  const firstPass = counted.find(({ result }) => result.status === 'pass');
  const last = counted.at(-1)?.result;
  return {
    passed: firstPass !== undefined,
    regressed: firstPass !== undefined && last?.status === 'fail',
    attempts: counted.reduce((sum, { times }) => sum + times, 0),
    ...(firstPass && { passedAt: firstPass.at }),
    ...(last && { last }),
  };
}

/** Progress of one question from its answers, oldest first. An answer that we failed to grade does not count. */
export function computeQuestionProgress(answers: readonly StoredAnswer[]): QuestionProgress {
  const counted = answers.filter(({ outcome }) => outcome !== 'error');
  const last = counted.at(-1);
  const firstCorrect = counted[0]?.outcome === 'correct';
  return {
    answered: counted.length > 0,
    correct: counted.some(({ outcome }) => outcome === 'correct'),
    firstCorrect,
    attempts: counted.length,
    ...(last && { last: { ...last, attempts: counted.length, firstCorrect } }),
  };
}

/** A step that was never checked. */
export const untouchedStep: StepProgress = computeStepProgress([]);
