/**
 * Bodies are JSON or absent; everything else is refused, so that no form of a foreign page is ever read.
 */
import type { FastifyInstance } from 'fastify';

/** Reads JSON bodies; an empty one is no body. */
export function readJsonBodies(server: FastifyInstance): void {
  const parseJson = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else parseJson(request, body as string, done);
  });
}
