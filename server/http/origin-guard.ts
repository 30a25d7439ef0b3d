/**
 * Which addresses this server answers under, and which pages may ask it to change something. Pure.
 *
 * Two attacks end here. DNS rebinding: a foreign name that points at this machine arrives as a foreign Host.
 * Cross-site requests: a foreign page's POST carries a foreign Origin or Sec-Fetch-Site. A program that is no browser
 * sends neither, and holds no learner's cookie.
 */
import { isIP } from 'node:net';
import { Fault } from '../../src/faults.ts';

/** What the guard is told by the configuration. */
export interface OriginGuardOptions {
  /** The address that is listened on. */
  readonly host: string;
  /** The machine's own name, accepted when it is reached from outside. */
  readonly machineName: string;
  /** Origins named by the operator, e.g. `https://class.example`. */
  readonly allowOrigins: readonly string[];
}
/** The headers that decide. */
export interface GuardedHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly 'sec-fetch-site'?: string | string[] | undefined;
}
/** Answers both questions. */
export interface OriginGuard {
  /** Throws Fault `foreign-origin` unless the request names this server by a name that is ours. */
  requireOwnHost(headers: GuardedHeaders): void;
  /** Throws Fault `foreign-origin` when a page of another origin asks. */
  requireSameOrigin(headers: GuardedHeaders): void;
  /** Whether the learner reaches this server over https: then the operator has named such an origin. */
  isSecure(headers: GuardedHeaders): boolean;
}

const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '::1'];

/** Host name of a Host header, without port and brackets. */
function nameOf(host: string): string {
  return URL.parse(`http://${host}`)?.hostname.replace(/^\[|\]$/g, '') ?? '';
}

/** Makes the guard. */
export function createOriginGuard({ host, machineName, allowOrigins }: OriginGuardOptions): OriginGuard {
  const isOpen = !loopbackNames.includes(host);
  const names = new Set([...loopbackNames, host, ...allowOrigins.map((origin) => new URL(origin).hostname)]);
  if (isOpen) for (const name of [machineName, `${machineName}.local`]) names.add(name.toLowerCase());
  // A numeric address cannot be rebound: it is what it says. It is how a class reaches the teacher's laptop.
  const isOwnName = (name: string) => names.has(name) || (isOpen && isIP(name) !== 0);
  const isOwnOrigin = (origin: string, own: string | undefined) =>
    allowOrigins.includes(origin) || (own !== undefined && URL.parse(origin)?.host === own.toLowerCase());
  const refuse = (origin: string) => new Fault('foreign-origin', { origin });
  return {
    requireOwnHost: (headers) => {
      if (!isOwnName(nameOf(headers.host ?? ''))) throw refuse(headers.host ?? '-');
    },
    requireSameOrigin: (headers) => {
      const { origin, host: own } = headers;
      const site = headers['sec-fetch-site'];
      const isOurs = origin === undefined ? site === undefined || site === 'same-origin' : isOwnOrigin(origin, own);
      const isCrossSite = site !== undefined && site !== 'same-origin' && !allowOrigins.includes(origin ?? '');
      if (!isOurs || isCrossSite) throw refuse(origin ?? String(site));
    },
    isSecure: ({ host: own }) =>
      allowOrigins.some((origin) => origin.startsWith('https:') && new URL(origin).host === own?.toLowerCase()),
  };
}
