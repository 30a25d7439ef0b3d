/**
 * Watch links: the owner opens, sees and ends theirs; whoever has one enters by it. Secrets come in bodies and cookies,
 * never in addresses.
 */
import type { FastifyInstance } from 'fastify';
import { type WatchEntry, watchEntrySchema } from '../../../src/protocol/watch.ts';
import type { App } from '../../app/context.ts';
import { endWatchLink } from '../../app/end-watch-link.ts';
import { enterWatch } from '../../app/enter-watch.ts';
import { lookOn } from '../../app/look-on.ts';
import { openWatchLink } from '../../app/open-watch-link.ts';
import { showWatchLink } from '../../app/show-watch-link.ts';
import { parseRequest } from '../error-answers.ts';
import { requireLearner } from '../identity.ts';
import type { OriginGuard } from '../origin-guard.ts';
import { machineLimit, workLimit } from '../request-limits.ts';
import { sendWatchCookie, watchSecret } from '../watch-cookie.ts';

/** Registers the routes. */
export function registerWatch(server: FastifyInstance, app: App, guard: OriginGuard): void {
  server.get('/api/watch-link', (request) => showWatchLink(app, requireLearner(request)));
  server.post('/api/watch-link', machineLimit, (request) => openWatchLink(app, requireLearner(request)));
  server.post('/api/watch-link/end', (request) => endWatchLink(app, requireLearner(request)));
  // No account is asked for: whoever has the link may look on.
  server.post('/api/watch', workLimit, (request, reply): WatchEntry => {
    const { secret: linkSecret } = parseRequest(watchEntrySchema, request.body);
    const held = (link: string) => watchSecret(request.headers.cookie, link);
    const { entry, secret } = enterWatch(app, linkSecret, held);
    const secure = guard.isSecure(request.headers);
    sendWatchCookie(reply, { link: entry.link, secret, lastsMs: entry.endsAt - app.now(), secure });
    return entry;
  });
  // A page whose socket stays shut asks here why.
  server.get<{ Params: { link: string } }>('/api/watch/:link', (request): WatchEntry => {
    const { link } = request.params;
    const { endsAt } = lookOn(app, link, watchSecret(request.headers.cookie, link)).view();
    return { link, endsAt };
  });
}
