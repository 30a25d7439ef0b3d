/**
 * A learner with a lab and a terminal, behind the real doors, and people who come by a watch link. What the server logs
 * is kept, to look for secrets in it.
 */
import { WebSocket } from 'ws';
import { lookOn } from '../../server/app/look-on.ts';
import { openTerminal } from '../../server/app/open-terminal.ts';
import { createGateway } from '../../server/gateway/create-gateway.ts';
import type { GatewayLimits } from '../../server/gateway/limits.ts';
import { identifyCookie } from '../../server/http/identity.ts';
import { watchSecret } from '../../server/http/watch-cookie.ts';
import { createLiveHub } from '../../server/session/live-hub.ts';
import type { LearnerId } from '../../src/course/ids.ts';
import type { LiveServerMessage } from '../../src/protocol/live.ts';
import type { NewWatchLink } from '../../src/protocol/watch.ts';
import { readyLab, type TestAppOptions } from '../server/app/test-app.ts';
import { createTestServer } from '../server/http/test-http.ts';
import { TestViewer, type TestViewerOptions } from './terminal-viewer.ts';

/** What a test may change. */
export interface WatchWorldOptions extends TestAppOptions {
  readonly gatewayLimits?: Partial<GatewayLimits>;
}

/** Somebody who came by a link. */
export interface Onlooking {
  readonly link: string;
  readonly cookie: string;
}

/** Opens everything; disposing closes it. */
export async function openWatchWorld({ gatewayLimits, ...options }: WatchWorldOptions = {}) {
  const server = await createTestServer(options);
  const { app } = server.world;
  const logged: string[] = [];
  const gateway = createGateway({
    server: server.http,
    identify: ({ headers }) => identifyCookie(app.store, headers.cookie),
    allowedOrigins: [],
    openTerminal: (request) => openTerminal(app, request),
    lookOn: ({ headers }, link) => lookOn(app, link, watchSecret(headers.cookie, link)),
    liveHub: createLiveHub(),
    onWatch: () => {},
    log: (line, details) => void logged.push(`${line} ${JSON.stringify(details)}`),
    ...(gatewayLimits && { limits: gatewayLimits }),
  });
  const owner = await server.enter();
  await readyLab(server.world, owner.learner as LearnerId);
  const origin = `http://127.0.0.1:${server.port}`;
  const url = `ws://127.0.0.1:${server.port}`;
  const enter = (secret: string, headers: Readonly<Record<string, string>> = {}) =>
    server.ask('/api/watch', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ secret }),
    });
  return {
    ...{ server, app, gateway, owner, origin, url, logged, enter },
    openLink: async () => (await owner.post('/api/watch-link')).json as unknown as NewWatchLink,
    /** Comes by a link, as a browser that was never here. */
    arrive: async (secret: string): Promise<Onlooking> => {
      const answer = await enter(secret);
      return { link: String(answer.json['link']), cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '' };
    },
    /** The owner's own page. */
    work: (more: Partial<TestViewerOptions> = {}) => TestViewer.open({ url, cookie: owner.cookie, ...more }),
    /** A terminal as an onlooker's page opens it. */
    look: ({ link, cookie }: Onlooking, more: Partial<TestViewerOptions> = {}) =>
      TestViewer.open({ url, cookie, path: `/ws/watch/${link}/terminal`, ...more }),
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** An onlooker's live channel, and everything it was told. */
export function openChannel(url: string, origin: string, { link, cookie }: Onlooking) {
  const socket = new WebSocket(`${url}/ws/watch/${link}`, { origin, headers: { cookie } });
  const told: LiveServerMessage[] = [];
  const channel: { socket: WebSocket; told: LiveServerMessage[]; closed: number | undefined } = {
    ...{ socket, told, closed: undefined },
  };
  socket.on('message', (data: Buffer) => told.push(JSON.parse(data.toString())));
  socket.on('close', (code) => {
    channel.closed = code;
  });
  socket.on('error', () => {}); // A refusal, which `closed` tells as well.
  return channel;
}

/** Asks to come in; the HTTP status of the answer, 101 when let in. */
export async function knock(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const socket = new WebSocket(url, { headers });
  const { promise, resolve } = Promise.withResolvers<number>();
  socket.on('upgrade', () => resolve(101));
  socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
  socket.on('error', () => {}); // The socket's own account of the same refusal.
  const status = await promise;
  socket.terminate();
  return status;
}
