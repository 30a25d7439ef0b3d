/**
 * The pages of a live preview: each is asked of whoever makes them and gets the panel that shows what is to be mended.
 * Knows nothing about how a page is made.
 */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Fault, toFault } from '../../src/faults.ts';
import { sendFault } from './error-answers.ts';

/** Who makes pages. */
export interface PreviewPages {
  /** A page, or a file of it. Throws a Fault while none can be made. */
  answer(request: IncomingMessage): Promise<{
    readonly status: number;
    readonly headers: IncomingHttpHeaders;
    readonly body: Readable;
  }>;
  /** What is to be mended, as server-sent events, for one page. */
  openProblems(): Readable;
  /** The script that shows it. */
  readonly panelScript: string;
}

const panelPath = '/api/preview/panel.js';
const panelTag = `<script type="module" src="${panelPath}"></script>`;
/** Belong to one connection, or are ours to say. */
const ownHeaders = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'access-control-allow-origin'];

/** Serves the preview at `/`. */
export function servePreview(server: FastifyInstance, pages: PreviewPages): void {
  server.get(panelPath, (_request, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'no-store').send(pages.panelScript),
  );
  server.get('/api/preview/problems', (_request, reply) =>
    reply.type('text/event-stream').header('cache-control', 'no-store').send(pages.openProblems()),
  );
  server.setNotFoundHandler((request, reply) => answerPage(pages, request, reply));
}

async function answerPage(pages: PreviewPages, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const path = request.url.split('?')[0] ?? '/';
  const isPage = (request.method === 'GET' || request.method === 'HEAD') && !/^\/(api|ws)(\/|$)/.test(path);
  if (!isPage) return sendFault(reply, new Fault('not-found', { what: path }));
  try {
    const { status, headers, body } = await pages.answer(request.raw);
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined && !ownHeaders.includes(name)) reply.header(name, value);
    }
    const isHtml = String(headers['content-type']).startsWith('text/html');
    return reply.code(status).send(isHtml ? `${await text(body)}${panelTag}` : body);
  } catch (thrown) {
    return reply
      .code(503)
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(waitingPage(thrown));
  }
}

/** Stands in for a page; the panel opens the real one as soon as there is one. */
function waitingPage(thrown: unknown): string {
  const { ko, en } = toFault(thrown).sentence;
  const shown = (sentence: string) => sentence.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<!doctype html><html lang="ko" data-tadak-waiting><meta charset="utf-8"><title>타닥 · Tadak</title>
<body><pre style="white-space: pre-wrap">${shown(ko)}\n\n${shown(en)}</pre>${panelTag}</body></html>`;
}
