/**
 * The real HTTP server on a free port, with the application of test-app.ts behind it and a small site in front.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createHttpServer } from '../../../server/http/create-http-server.ts';
import { createOriginGuard } from '../../../server/http/origin-guard.ts';
import { createTestApp, type TestApp, type TestAppOptions } from '../app/test-app.ts';

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** The body as JSON; `unknown` members are what tests look at. */
  readonly json: Record<string, unknown>;
}
/** What is sent. */
export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}
/** A running server. */
export interface TestServer extends AsyncDisposable {
  readonly world: TestApp;
  readonly port: number;
  readonly http: Server;
  ask(path: string, ask?: Ask): Promise<Answer>;
  /** Gets a cookie, and asks with it from then on. */
  enter(): Promise<{
    learner: string;
    cookie: string;
    post(path: string, body?: unknown): Promise<Answer>;
    get(path: string): Promise<Answer>;
  }>;
}

/** Starts a server with a site of a few files. */
export async function createTestServer(
  options: TestAppOptions & { readonly allowOrigins?: readonly string[] } = {},
): Promise<TestServer> {
  const world = await createTestApp(options);
  const siteFolder = writeSite(world.folder);
  const guard = createOriginGuard({
    host: '127.0.0.1',
    machineName: 'laptop',
    allowOrigins: options.allowOrigins ?? [],
  });
  const server = await createHttpServer({ app: world.app, guard, siteFolder });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const ask = (path: string, { method = 'GET', headers = {}, body }: Ask = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve(toAnswer(response.statusCode ?? 0, response.headers, Buffer.concat(chunks).toString())),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  return {
    ...{ world, port, ask, http: server.server },
    enter: async () => {
      const me = await ask('/api/me');
      const cookie = String(me.headers['set-cookie']).split(';')[0] ?? '';
      const json = { cookie, 'content-type': 'application/json' };
      return {
        learner: String(me.json['learner']),
        cookie,
        get: (path) => ask(path, { headers: { cookie } }),
        post: (path, body = {}) => ask(path, { method: 'POST', headers: json, body: JSON.stringify(body) }),
      };
    },
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await world[Symbol.asyncDispose]();
    },
  };
}

function toAnswer(status: number, headers: Answer['headers'], text: string): Answer {
  const isJson = String(headers['content-type']).includes('application/json');
  return { status, headers, text, json: isJson ? (JSON.parse(text) as Record<string, unknown>) : {} };
}

/** The inline script of the small site, and a data block that must not be taken for one. */
export const inlineScript = 'document.documentElement.dataset.theme = "dark";';

function writeSite(folder: string): string {
  const site = join(folder, 'site');
  const write = (path: string, text: string) => {
    mkdirSync(join(site, path, '..'), { recursive: true });
    writeFileSync(join(site, path), text);
  };
  const head = `<script>${inlineScript}</script><script type="application/ld+json">{}</script>`;
  write(
    'index.html',
    `<!doctype html><html lang="ko">${head}<script type="module" src="/_astro/a.abc.js"></script>안녕`,
  );
  write('en/index.html', `<!doctype html><html lang="en">${head}hello`);
  write('404.html', '<!doctype html>없는 쪽이에요');
  write('_astro/a.abc.js', 'export {};');
  write('favicon.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
  return site;
}
