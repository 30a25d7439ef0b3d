/**
 * One step: check, reset, jump, model solution. A check goes on when the page that asked for it is gone: the others hear of it.
 */
import type { FastifyInstance } from 'fastify';
import { checkRequestSchema } from '../../../src/protocol/api.ts';
import { checkStep } from '../../app/check-step.ts';
import type { App } from '../../app/context.ts';
import type { StepName } from '../../app/find-in-course.ts';
import { jumpToStep, showJump } from '../../app/jump-to-step.ts';
import { resetStep } from '../../app/reset-step.ts';
import { showSolution } from '../../app/show-solution.ts';
import { parseRequest } from '../error-answers.ts';
import { requireLearner } from '../identity.ts';
import { workLimit } from '../request-limits.ts';

interface StepPath {
  readonly Params: StepName;
}
const path = '/api/courses/:course/lessons/:lesson/steps/:step';

/** Registers the routes. */
export function registerSteps(server: FastifyInstance, app: App): void {
  server.post<StepPath>(`${path}/check`, workLimit, (request) => {
    const { answers } = parseRequest(checkRequestSchema, request.body);
    return checkStep(app, requireLearner(request), { ...request.params, answers, signal: app.signal });
  });
  server.post<StepPath>(`${path}/reset`, workLimit, (request) =>
    resetStep(app, requireLearner(request), { ...request.params, signal: app.signal }),
  );
  server.get<StepPath>(`${path}/jump`, (request) => showJump(app, requireLearner(request), request.params));
  server.post<StepPath>(`${path}/jump`, workLimit, (request) =>
    jumpToStep(app, requireLearner(request), request.params),
  );
  server.post<StepPath>(`${path}/solution`, workLimit, (request) =>
    showSolution(app, requireLearner(request), request.params),
  );
}
