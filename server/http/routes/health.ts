/**
 * GET /api/health: for whoever watches the server.
 */
import type { FastifyInstance } from 'fastify';

/** Registers the route. */
export function registerHealth(server: FastifyInstance): void {
  server.get('/api/health', () => ({ ok: true }));
}
