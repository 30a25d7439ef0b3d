/**
 * What is remembered of learners. Attempts are appended, progress is computed from them.
 * Knows nothing about SQLite, HTTP or labs. One contract suite runs against every implementation.
 */
import type { CourseId, LearnerId, LessonId, QuestionId, StepId } from '../../src/course/ids.ts';
import type { CheckResult } from '../../src/course/result.ts';
import type { CourseProgress, LessonProgress, PlaceRequest, QuizView, StepProgress } from '../../src/protocol/api.ts';

/** One check of one step. */
export interface StepAttempt {
  readonly learner: LearnerId;
  readonly course: CourseId;
  readonly lesson: LessonId;
  readonly step: StepId;
  readonly result: CheckResult;
  readonly trigger: 'button' | 'auto';
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** One answer to one question. `view.attempts` and `view.firstCorrect` are filled in by the store. */
export interface QuizAttempt {
  readonly learner: LearnerId;
  readonly course: CourseId;
  readonly lesson: LessonId;
  readonly question: QuestionId;
  readonly view: Omit<QuizView, 'attempts' | 'firstCorrect'>;
  readonly at: number;
}

/** Where attempts and learners are kept. Methods throw Fault `data-full` when the disk is full; nothing is half-written. */
export interface ProgressStore extends Disposable {
  /** Makes a learner and returns the secret for its cookie (only a hash is kept). */
  createLearner(at: number): { readonly learner: LearnerId; readonly secret: string };
  /** The learner of this secret, if any. */
  findLearner(secret: string): LearnerId | undefined;
  /** Appends an attempt; equal results in a row from `auto` are counted but not stored again. Errors and skips never count as attempts. */
  recordStep(attempt: StepAttempt): StepProgress;
  recordQuiz(attempt: QuizAttempt): QuizView;
  /** Remembers that the learner asked for a solution. */
  recordSolution(of: Omit<StepAttempt, 'result' | 'trigger'>): void;
  recordPlace(learner: LearnerId, course: CourseId, place: PlaceRequest, at: number): void;
  courseProgress(learner: LearnerId, course: CourseId): CourseProgress;
  lessonProgress(learner: LearnerId, course: CourseId, lesson: LessonId): LessonProgress;
}
