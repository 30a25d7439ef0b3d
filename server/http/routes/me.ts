/**
 * GET /api/me: says who the browser is, and makes it somebody at its first visit.
 */
import type { FastifyInstance } from 'fastify';
import type { Me } from '../../../src/protocol/api.ts';
import type { App } from '../../app/context.ts';
import { cookieName, sendCookie } from '../identity.ts';
import type { OriginGuard } from '../origin-guard.ts';

/** Registers the route. */
export function registerMe(server: FastifyInstance, app: App, guard: OriginGuard): void {
  server.get('/api/me', (request, reply): Me => {
    const secure = guard.isSecure(request.headers);
    const known = request.cookies[cookieName];
    if (request.learner !== undefined && known !== undefined) {
      sendCookie(reply, known, { secure });
      return { learner: request.learner };
    }
    const { learner, secret } = app.store.createLearner(app.now());
    sendCookie(reply, secret, { secure });
    return { learner };
  });
}
