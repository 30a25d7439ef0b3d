/**
 * The learner in the course: progress and place.
 */
import type { FastifyInstance } from 'fastify';
import { placeRequestSchema } from '../../../src/protocol/api.ts';
import type { App } from '../../app/context.ts';
import { setPlace } from '../../app/set-place.ts';
import { showProgress } from '../../app/show-progress.ts';
import { parseRequest } from '../error-answers.ts';
import { requireLearner } from '../identity.ts';

interface CoursePath {
  readonly Params: { readonly course: string };
}

/** Registers the routes. */
export function registerCourse(server: FastifyInstance, app: App): void {
  server.get<CoursePath>('/api/courses/:course/progress', (request) =>
    showProgress(app, requireLearner(request), request.params.course),
  );
  server.post<CoursePath>('/api/courses/:course/place', (request, reply) => {
    const place = parseRequest(placeRequestSchema, request.body);
    setPlace(app, requireLearner(request), { ...place, course: request.params.course });
    return reply.code(204).send();
  });
}
