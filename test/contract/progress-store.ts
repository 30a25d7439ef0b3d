/**
 * What every progress store must do. A page per implementation calls this with a way to make one.
 */
import { expect, test } from 'vitest';
import type { ProgressStore, QuizAttempt, StepAttempt } from '../../server/progress/store.ts';
import type { CourseId, LearnerId, LessonId, QuestionId, StepId } from '../../src/course/ids.ts';
import type { CheckResult } from '../../src/course/result.ts';

const course = 'docker' as CourseId;
const lesson = 'kernel' as LessonId;
const step = 'same-kernel' as StepId;
const question = 'who' as QuestionId;
const text = (value: string) => ({ ko: value, en: value });

const pass: CheckResult = { status: 'pass' };
const fail: CheckResult = { status: 'fail', hint: 'not-yet', message: text('not yet'), expected: '1', actual: '2' };
const error: CheckResult = { status: 'error', code: 'check-timeout', message: text('ours') };
const skipped: CheckResult = {
  status: 'skipped',
  because: { kind: 'needs', missing: ['docker'] },
  message: text('skipped'),
};

/** Opens stores on the same data, one after another. */
export interface StoreWorld extends Disposable {
  /** Opens the store; closing it and calling this again gives the same data. */
  open(): ProgressStore;
}

const attemptOf = (learner: LearnerId, result: CheckResult, at: number): StepAttempt => ({
  ...{ learner, course, lesson, step, result, trigger: 'button', at },
});
const answerOf = (learner: LearnerId, outcome: 'correct' | 'incorrect' | 'error'): QuizAttempt => ({
  ...{ learner, course, lesson, question, at: 5 },
  view: { question, answer: ['b', 'a'], outcome, explanations: { a: { correct: true, why: text('because') } } },
});

/** Declares the suite for one kind of store. */
export function describeProgressStore(createWorld: () => StoreWorld): void {
  const withStore = (name: string, run: (store: ProgressStore, world: StoreWorld) => void) =>
    test(name, () => {
      using world = createWorld();
      using store = world.open();
      run(store, world);
    });

  withStore('a learner is found by its secret and by nothing else', (store) => {
    const { learner, secret } = store.createLearner(1);
    expect(store.findLearner(secret)).toBe(learner);
    expect(store.findLearner(learner)).toBeUndefined();
    expect(store.findLearner(`${secret}x`)).toBeUndefined();
    expect(secret.length).toBeGreaterThanOrEqual(43);
    expect(store.createLearner(1).learner).not.toBe(learner);
  });

  withStore('a pass is kept and a later fail only marks it as regressed', (store) => {
    const { learner } = store.createLearner(1);
    expect(store.recordStep(attemptOf(learner, fail, 10))).toEqual({
      ...{ passed: false, regressed: false, attempts: 1, last: fail },
    });
    expect(store.recordStep(attemptOf(learner, pass, 20))).toMatchObject({ passed: true, passedAt: 20, attempts: 2 });
    const after = store.recordStep(attemptOf(learner, fail, 30));
    expect(after).toMatchObject({ passed: true, regressed: true, passedAt: 20, attempts: 3, last: fail });
    const again = store.recordStep(attemptOf(learner, pass, 40));
    expect(again).toMatchObject({ passed: true, regressed: false, passedAt: 20 });
  });

  withStore('errors and skips never count and never replace the last result', (store) => {
    const { learner } = store.createLearner(1);
    store.recordStep(attemptOf(learner, fail, 10));
    store.recordStep(attemptOf(learner, error, 20));
    expect(store.recordStep(attemptOf(learner, skipped, 30))).toEqual({
      ...{ passed: false, regressed: false, attempts: 1, last: fail },
    });
  });

  withStore('equal automatic results in a row are counted', (store) => {
    const { learner } = store.createLearner(1);
    for (let at = 10; at < 15; at += 1) store.recordStep({ ...attemptOf(learner, fail, at), trigger: 'auto' });
    expect(store.lessonProgress(learner, course, lesson).steps[step]).toMatchObject({ attempts: 5, last: fail });
  });

  withStore('the first answer is remembered and ungraded answers do not count', (store) => {
    const { learner } = store.createLearner(1);
    expect(store.recordQuiz(answerOf(learner, 'error'))).toMatchObject({ attempts: 0, firstCorrect: false });
    expect(store.recordQuiz(answerOf(learner, 'incorrect'))).toMatchObject({ attempts: 1, firstCorrect: false });
    const second = store.recordQuiz(answerOf(learner, 'correct'));
    expect(second).toMatchObject({ outcome: 'correct', attempts: 2, firstCorrect: false });
    expect(store.lessonProgress(learner, course, lesson).questions[question]).toEqual({
      ...{ answered: true, correct: true, firstCorrect: false, attempts: 2, last: second },
    });
  });

  withStore('a right first answer stays right for good', (store) => {
    const { learner } = store.createLearner(1);
    store.recordQuiz(answerOf(learner, 'correct'));
    const later = store.recordQuiz(answerOf(learner, 'incorrect'));
    expect(later).toMatchObject({ firstCorrect: true, attempts: 2 });
    expect(store.lessonProgress(learner, course, lesson).questions[question]).toMatchObject({ correct: true });
  });

  withStore('the place is the latest one, with or without a step', (store) => {
    const { learner } = store.createLearner(1);
    expect(store.courseProgress(learner, course)).toEqual({ lessons: {} });
    store.recordPlace(learner, course, { lesson, step }, 10);
    expect(store.courseProgress(learner, course).place).toEqual({ lesson, step });
    store.recordPlace(learner, course, { lesson: 'other' }, 20);
    expect(store.courseProgress(learner, course).place).toEqual({ lesson: 'other' });
  });

  withStore('learners, courses and lessons do not see each other', (store) => {
    const [a, b] = [store.createLearner(1).learner, store.createLearner(1).learner];
    store.recordStep(attemptOf(a, pass, 10));
    store.recordQuiz({ ...answerOf(a, 'correct'), lesson: 'other' as LessonId });
    store.recordSolution({ learner: a, course, lesson, step, at: 11 });
    expect(Object.keys(store.courseProgress(a, course).lessons).sort()).toEqual(['kernel', 'other']);
    expect(store.courseProgress(b, course).lessons).toEqual({});
    expect(store.courseProgress(a, 'linux' as CourseId).lessons).toEqual({});
    expect(store.lessonProgress(a, course, 'other' as LessonId).steps).toEqual({});
  });

  test('everything is there after closing and opening again', () => {
    using world = createWorld();
    const first = world.open();
    const { learner, secret } = first.createLearner(1);
    first.recordStep(attemptOf(learner, pass, 10));
    first.recordPlace(learner, course, { lesson }, 10);
    const before = first.courseProgress(learner, course);
    first[Symbol.dispose]();
    using second = world.open();
    expect(second.findLearner(secret)).toBe(learner);
    expect(second.courseProgress(learner, course)).toEqual(before);
  });
}
