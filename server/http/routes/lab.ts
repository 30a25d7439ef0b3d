/**
 * The learner's lab: how it is, start, restart, end, more time, go back, forget its host key, say what it is.
 */
import type { FastifyInstance } from 'fastify';
import { labRequestSchema, rewindRequestSchema } from '../../../src/protocol/api.ts';
import type { App } from '../../app/context.ts';
import { endLab } from '../../app/end-lab.ts';
import { extendLab } from '../../app/extend-lab.ts';
import { forgetHostKey } from '../../app/forget-host-key.ts';
import { labFacts } from '../../app/lab-facts.ts';
import { labView } from '../../app/lab-view.ts';
import { restartLab } from '../../app/restart-lab.ts';
import { listCheckpoints, rewindLab } from '../../app/rewind-lab.ts';
import { startLab } from '../../app/start-lab.ts';
import { parseRequest } from '../error-answers.ts';
import { requireLearner } from '../identity.ts';
import { machineLimit } from '../request-limits.ts';

/** Registers the routes. */
export function registerLab(server: FastifyInstance, app: App): void {
  server.get<{ Params: { lab: string } }>('/api/labs/:lab/facts', machineLimit, (request) =>
    labFacts(app, requireLearner(request), request.params.lab),
  );
  server.get('/api/lab', (request) => labView(app, requireLearner(request)));
  server.post('/api/lab/start', machineLimit, (request) =>
    startLab(app, requireLearner(request), parseRequest(labRequestSchema, request.body).from),
  );
  server.post('/api/lab/restart', machineLimit, (request) =>
    restartLab(app, requireLearner(request), parseRequest(labRequestSchema, request.body).from),
  );
  server.post('/api/lab/end', machineLimit, (request) => endLab(app, requireLearner(request)));
  server.post('/api/lab/extend', (request) => extendLab(app, requireLearner(request)));
  server.get('/api/lab/checkpoints', (request) => listCheckpoints(app, requireLearner(request)));
  server.post('/api/lab/rewind', machineLimit, (request) =>
    rewindLab(app, requireLearner(request), parseRequest(rewindRequestSchema, request.body).checkpoint),
  );
  server.post('/api/lab/forget-host-key', machineLimit, (request) => forgetHostKey(app, requireLearner(request)));
}
