/**
 * A gateway with real parts around it: an HTTP server on a free port, a local lab, sessions. The learner is
 * whoever the cookie says.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGateway, type GatewayOptions } from '../../server/gateway/create-gateway.ts';
import type { GatewayLimits } from '../../server/gateway/limits.ts';
import type { Lab } from '../../server/lab/lab.ts';
import { createLiveHub } from '../../server/session/live-hub.ts';
import { createSessionRegistry, type SessionLimits } from '../../server/session/session-registry.ts';
import type { LearnerId } from '../../src/course/ids.ts';
import { Fault } from '../../src/faults.ts';
import { openLocalLab } from './local-lab.ts';

/** What a test may change. */
export interface WorldOptions {
  readonly limits?: Partial<GatewayLimits>;
  readonly sessions?: Partial<SessionLimits>;
  readonly gateway?: Partial<GatewayOptions>;
  /** The lab; a bash on this machine by default. */
  readonly lab?: Lab;
}

/** Opens everything; disposing closes it. Learner `mallory` has no lab. */
export async function openWorld(options: WorldOptions = {}) {
  const lab = options.lab ?? (await openLocalLab('ada'));
  const registry = createSessionRegistry(options.sessions === undefined ? {} : { limits: options.sessions });
  const liveHub = createLiveHub();
  const watched: string[] = [];
  const logged: string[] = [];
  const server = createServer({ connectionsCheckingInterval: 100 });
  const gateway = createGateway({
    server,
    identify: ({ headers }) => /tadak_learner=(\w+)/.exec(headers.cookie ?? '')?.[1] as LearnerId | undefined,
    allowedOrigins: ['https://class.example'],
    openTerminal: async (request) => {
      if (request.learner === 'mallory') throw new Fault('lab-none');
      return registry.open({ ...request, lab });
    },
    liveHub,
    onWatch: (learner, { course, lesson }) => watched.push(`${learner} ${course}/${lesson}`),
    log: (line) => logged.push(line),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...options.gateway,
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}`,
    port,
    lab,
    registry,
    liveHub,
    gateway,
    watched,
    logged,
    countConnections: () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count))),
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      server.close();
      await registry[Symbol.asyncDispose]();
      await lab[Symbol.asyncDispose]();
    },
  };
}
