/**
 * The HTTP door: the site, the API, and what guards both. It decodes, asks who it is, and calls one use case.
 * Knows nothing about labs and checks; WebSockets come in through server/gateway.
 */
import { fastifyCookie } from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import Fastify, { type FastifyInstance } from 'fastify';
import type { App } from '../app/context.ts';
import { buildPolicy, collectScriptHashes } from './content-security-policy.ts';
import { answerErrors, maxBodyBytes } from './error-answers.ts';
import { identifyCookie } from './identity.ts';
import { readJsonBodies } from './json-bodies.ts';
import type { OriginGuard } from './origin-guard.ts';
import { type PreviewPages, servePreview } from './preview-pages.ts';
import { limitRequests } from './request-limits.ts';
import { registerCourse } from './routes/course.ts';
import { registerHealth } from './routes/health.ts';
import { registerLab } from './routes/lab.ts';
import { registerMe } from './routes/me.ts';
import { registerQuiz } from './routes/quiz.ts';
import { registerSteps } from './routes/steps.ts';
import { registerTerminals } from './routes/terminals.ts';
import { registerWatch } from './routes/watch.ts';
import { serveSite } from './static-site.ts';

/** What the server is made of. */
export interface HttpServerOptions {
  readonly app: App;
  readonly guard: OriginGuard;
  /** Folder of the built site; absent when only the API is wanted. */
  readonly siteFolder?: string | undefined;
  /** Pages that are made when they are asked for, instead of a built site. */
  readonly preview?: PreviewPages | undefined;
}

/** Makes the server, ready to listen. */
export async function createHttpServer({
  app,
  guard,
  siteFolder,
  preview,
}: HttpServerOptions): Promise<FastifyInstance> {
  const server = Fastify({
    ...{ logger: false, bodyLimit: maxBodyBytes, forceCloseConnections: true, requestTimeout: 30_000 },
    // How often the deadlines for headers and bodies are looked at; half a minute without this.
    http: { connectionsCheckingInterval: 5_000 },
  });
  readJsonBodies(server);
  answerErrors(server, app);
  guardOrigins(server, guard);
  await server.register(fastifyCookie);
  await sendSecurityHeaders(server, preview ? previewScripts : await hashesOf(siteFolder));
  server.decorateRequest('learner', undefined);
  await server.register(async (api) => {
    api.addHook('onRequest', async (request, reply) => {
      request.learner = identifyCookie(app.store, request.headers.cookie);
      reply.header('cache-control', 'no-store');
    });
    registerHealth(api);
    await limitRequests(api);
    registerRoutes(api, app, guard);
  });
  if (preview) servePreview(server, preview);
  else await serveSite(server, siteFolder);
  return server;
}

function registerRoutes(api: FastifyInstance, app: App, guard: OriginGuard): void {
  registerMe(api, app, guard);
  registerLab(api, app);
  registerCourse(api, app);
  registerSteps(api, app);
  registerQuiz(api, app);
  registerTerminals(api, app);
  registerWatch(api, app, guard);
}

function guardOrigins(server: FastifyInstance, guard: OriginGuard): void {
  server.addHook('onRequest', async (request) => {
    guard.requireOwnHost(request.headers);
    if (request.method !== 'GET' && request.method !== 'HEAD') guard.requireSameOrigin(request.headers);
  });
}

/** A page that is made anew each time has scripts that nobody can name before; only its author sees it. */
const previewScripts = ["'unsafe-inline'"];

async function hashesOf(siteFolder: string | undefined): Promise<readonly string[]> {
  return siteFolder === undefined ? [] : collectScriptHashes(siteFolder);
}

async function sendSecurityHeaders(server: FastifyInstance, scripts: readonly string[]): Promise<void> {
  await server.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: buildPolicy(scripts) },
    // https is the proxy's business, and a laptop on a class network has none.
    strictTransportSecurity: false,
    // Browsers ignore both over plain http and complain in the console.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xFrameOptions: { action: 'deny' },
  });
  server.addHook('onRequest', async (_request, reply) => {
    reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()');
  });
}
