/**
 * Serves the built site: pages are asked for anew each time (and answered with 304), files with a hash in their name
 * are kept for a year. Knows nothing about what is on the pages.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Fault } from '../../src/faults.ts';
import { sendFault } from './error-answers.ts';

const hashedFolder = '/_astro/';
/** A year: the longest that makes sense. */
const immutable = 'public, max-age=31536000, immutable';

/** Serves `folder` at `/`; without one only the API answers. */
export async function serveSite(server: FastifyInstance, folder: string | undefined): Promise<void> {
  if (folder !== undefined) {
    await server.register(fastifyStatic, {
      ...{ root: folder, prefix: '/', cacheControl: false, redirect: true, preCompressed: true },
      setHeaders: (reply, path) => {
        reply.header('cache-control', path.includes(hashedFolder) ? immutable : 'no-cache');
      },
    });
  }
  server.setNotFoundHandler((request, reply) => answerNotFound(folder, request, reply));
}

function answerNotFound(folder: string | undefined, request: FastifyRequest, reply: FastifyReply): unknown {
  const path = request.url.split('?')[0] ?? '/';
  const isPage = (request.method === 'GET' || request.method === 'HEAD') && !/^\/(api|ws)(\/|$)/.test(path);
  const page = folder !== undefined && isPage ? notFoundPage(folder, path) : undefined;
  if (page === undefined) return sendFault(reply, new Fault('not-found', { what: path }));
  return reply.code(404).header('cache-control', 'no-cache').sendFile(page);
}

/** The site's own page for "not there", in the language of the address. */
function notFoundPage(folder: string, path: string): string | undefined {
  const language = path.startsWith('/en/') ? ['en/404.html', 'en/404/index.html'] : [];
  return [...language, '404.html', '404/index.html'].find((page) => existsSync(join(folder, page)));
}
