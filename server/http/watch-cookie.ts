/**
 * The cookie of an onlooker: one for each link, so that a teacher who looks on at several students, each in a tab,
 * stays with each. It opens nothing else, and leaves the learner's own cookie alone. Knows nothing about links.
 */
import { fastifyCookie } from '@fastify/cookie';
import type { FastifyReply } from 'fastify';

/** A secret is 43 characters; whatever is longer is not one and is not hashed. */
const maxSecretChars = 64;

const nameOf = (link: string) => `tadak_watch_${link}`;

/** What a Cookie header holds for a link. */
export function watchSecret(header: string | undefined, link: string): string | undefined {
  const secret = header === undefined ? undefined : fastifyCookie.parse(header)[nameOf(link)];
  return secret === undefined || secret.length > maxSecretChars ? undefined : secret;
}

/** What the cookie is made of. */
export interface WatchCookie {
  readonly link: string;
  readonly secret: string;
  readonly lastsMs: number;
  /** Whether the page came over https. */
  readonly secure: boolean;
}

/** Hands out the cookie; it goes when the link does. */
export function sendWatchCookie(reply: FastifyReply, { link, secret, lastsMs, secure }: WatchCookie): void {
  reply.setCookie(nameOf(link), secret, {
    ...{ httpOnly: true, sameSite: 'strict', path: '/', maxAge: Math.ceil(lastsMs / 1000), secure },
  });
}
