/**
 * Use case: the learner answers a quiz question.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { QuizRequest, QuizView } from '../../src/protocol/api.ts';
import { gradeQuiz } from '../check/grade-quiz.ts';
import type { App } from './context.ts';
import { type QuestionName, requireQuestion } from './find-in-course.ts';

/** Grades and records the answer. Throws Fault `bad-message` when it does not fit the question. */
export async function answerQuiz(
  app: App,
  learner: LearnerId,
  { answer, signal, ...name }: QuestionName & QuizRequest & { readonly signal: AbortSignal },
): Promise<QuizView> {
  const { lesson, question } = requireQuestion(app.course, name);
  const lab = app.desk.find(learner);
  const view = await gradeQuiz({ lab, course: app.course, lesson, question, answer, signal });
  const where = { learner, course: app.course.id, lesson: lesson.id };
  const recorded = app.store.recordQuiz({ ...where, question: question.id, view, at: app.now() });
  const progress = app.store.lessonProgress(learner, app.course.id, lesson.id);
  app.publish(learner, { type: 'progress', lesson: lesson.id, progress });
  return recorded;
}
