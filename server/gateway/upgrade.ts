/**
 * The one door for WebSockets: every route goes through the same checks of path, origin, identity and number,
 * so that none can be forgotten. Knows nothing about what is said inside.
 *
 * Browsers do not apply the same-origin rule to WebSockets and send cookies along, so the Origin header is
 * what keeps other sites out.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { LearnerId } from '../../src/course/ids.ts';
import { Fault } from '../../src/faults.ts';
import type { Onlooker } from '../session/onlooker.ts';

/** The routes of learners. Onlookers come by `/ws/watch/<link>` and `/ws/watch/<link>/terminal`. */
export const socketRoutes = ['/ws/terminal', '/ws/live'] as const;
/** What is said at a route. */
export type SocketRoute = 'terminal' | 'live';

const watchRoute = /^\/ws\/watch\/([A-Za-z0-9_-]{12})(\/terminal)?$/;

/** What the checks need to know. */
export interface UpgradeOptions {
  readonly identify: (request: IncomingMessage) => LearnerId | undefined;
  readonly allowedOrigins: readonly string[];
  readonly allowMissingOrigin: boolean;
  /** Who comes by a watch link. Throws a Fault. */
  readonly lookOn: (request: IncomingMessage, link: string) => Onlooker;
  /** Open sockets of a learner or an onlooker now, and how many there may be. */
  readonly socketsOf: (visitor: string) => number;
  readonly socketsPerLearner: number;
  readonly socketsPerOnlooker: number;
}

/** Somebody who may enter: a learner, or an onlooker, who never acts as one. */
export type Admission =
  | { readonly route: SocketRoute; readonly learner: LearnerId; readonly onlooker?: undefined }
  | { readonly route: SocketRoute; readonly onlooker: Onlooker };

/** Checks a request to upgrade. Throws a Fault to refuse it. */
export function admit(request: IncomingMessage, options: UpgradeOptions): Admission {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  const [, link, terminal] = watchRoute.exec(path) ?? [];
  const route = socketRoutes.find((known) => known === path);
  if (route === undefined && link === undefined) throw new Fault('not-found', { what: 'WebSocket' });
  checkOrigin(request, options);
  if (link !== undefined) return admitOnlooker(options, options.lookOn(request, link), terminal ? 'terminal' : 'live');
  const learner = options.identify(request);
  if (learner === undefined) throw new Fault('no-identity');
  if (options.socketsOf(learner) >= options.socketsPerLearner) throw new Fault('too-many');
  return { route: route === '/ws/live' ? 'live' : 'terminal', learner };
}

function admitOnlooker(
  { socketsOf, socketsPerOnlooker }: UpgradeOptions,
  onlooker: Onlooker,
  route: SocketRoute,
): Admission {
  if (socketsOf(onlooker.id) >= socketsPerOnlooker) throw new Fault('too-many');
  return { route, onlooker };
}

/** Answers a refused request in HTTP, and closes. */
export function refuseUpgrade(socket: Duplex, fault: Fault): void {
  const body = JSON.stringify({ code: fault.code, message: fault.sentence, retry: fault.status >= 429 });
  const head = [
    `HTTP/1.1 ${fault.status} Refused`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  // Whoever never closes their end would keep ours open: after an upgrade no deadline of HTTP holds any more.
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function checkOrigin(request: IncomingMessage, { allowedOrigins, allowMissingOrigin }: UpgradeOptions): void {
  const { origin } = request.headers;
  if (origin === undefined && allowMissingOrigin) return;
  if (origin !== undefined && (isOwn(origin, request.headers.host) || allowedOrigins.includes(origin))) return;
  throw new Fault('foreign-origin', { origin: (origin ?? '-').slice(0, 200) });
}

/** The page came from this very host and port. Headers that a proxy adds are not believed: origins behind one are named. */
function isOwn(origin: string, host: string | undefined): boolean {
  if (host === undefined || !URL.canParse(origin)) return false;
  const url = new URL(origin);
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.host === hostOf(url.protocol, host);
}

/** A host header as a URL writes it: lower case, without the scheme's usual port. */
function hostOf(protocol: string, host: string): string | undefined {
  return URL.canParse(`${protocol}//${host}`) ? new URL(`${protocol}//${host}`).host : undefined;
}
