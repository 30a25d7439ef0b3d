/**
 * Who a browser is: a random secret in a cookie, of which the store keeps a hash. There is no login: whoever holds
 * the cookie is the learner. Knows nothing about what learners do.
 */
import { fastifyCookie } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LearnerId } from '../../src/course/ids.ts';
import { Fault } from '../../src/faults.ts';
import type { ProgressStore } from '../progress/store.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; `undefined` for a browser without a cookie that we know. */
    learner: LearnerId | undefined;
  }
}

/** The cookie's name. */
export const cookieName = 'tadak_learner';
/** The longest life that browsers grant: 400 days, seconds. Every visit begins it anew. */
const cookieMaxAgeSeconds = 400 * 24 * 60 * 60;
/** A secret is 43 characters; whatever is longer is not one and is not hashed. */
const maxSecretChars = 64;

/** The learner that a Cookie header stands for. */
export function identifyCookie(store: ProgressStore, header: string | undefined): LearnerId | undefined {
  const secret = header === undefined ? undefined : fastifyCookie.parse(header)[cookieName];
  if (secret === undefined || secret.length > maxSecretChars) return undefined;
  return store.findLearner(secret);
}

/** The learner of a request. Throws Fault `no-identity`. */
export function requireLearner(request: FastifyRequest): LearnerId {
  if (request.learner === undefined) throw new Fault('no-identity');
  return request.learner;
}

/** Hands out the cookie, or renews it. `secure` when the page came over https. */
export function sendCookie(reply: FastifyReply, secret: string, { secure }: { readonly secure: boolean }): void {
  reply.setCookie(cookieName, secret, {
    ...{ httpOnly: true, sameSite: 'lax', path: '/', maxAge: cookieMaxAgeSeconds, secure },
  });
}
