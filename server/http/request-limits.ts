/**
 * How often a learner may ask, in requests per minute. A learner is known by the cookie; a browser without one by its
 * address, which a whole class may share.
 */
import fastifyRateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { Fault } from '../../src/faults.ts';

/** Everything together: a page load asks three times, a busy learner some thirty times a minute. */
const everythingPerMinute = 300;

/** Route options for requests that make a lab work: nobody presses "Check" once a second for a minute. */
export const workLimit = { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } } as const;
/** Route options for requests that start or end machines. */
export const machineLimit = { config: { rateLimit: { max: 20, timeWindow: '1 minute' } } } as const;

/** Limits the routes registered on `server` afterwards. */
export async function limitRequests(server: FastifyInstance): Promise<void> {
  await server.register(fastifyRateLimit, {
    ...{ max: everythingPerMinute, timeWindow: '1 minute', cache: 10_000 },
    keyGenerator: (request) => request.learner ?? request.ip,
    errorResponseBuilder: () => new Fault('too-many'),
  });
}
