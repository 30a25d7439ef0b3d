/**
 * POST …/quiz/:question: grades one answer.
 */
import type { FastifyInstance } from 'fastify';
import { quizRequestSchema } from '../../../src/protocol/api.ts';
import { answerQuiz } from '../../app/answer-quiz.ts';
import type { App } from '../../app/context.ts';
import type { QuestionName } from '../../app/find-in-course.ts';
import { parseRequest } from '../error-answers.ts';
import { requireLearner } from '../identity.ts';
import { workLimit } from '../request-limits.ts';

/** Registers the route. */
export function registerQuiz(server: FastifyInstance, app: App): void {
  const path = '/api/courses/:course/lessons/:lesson/quiz/:question';
  server.post<{ readonly Params: QuestionName }>(path, workLimit, (request) => {
    const { answer } = parseRequest(quizRequestSchema, request.body);
    return answerQuiz(app, requireLearner(request), { ...request.params, answer, signal: app.signal });
  });
}
