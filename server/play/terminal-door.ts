/**
 * The door to the terminals of one lab: the gateway and the sessions that the server has, on a loopback port of its own,
 * for one learner. Knows nothing about lessons.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LearnerId } from '../../src/course/ids.ts';
import { createGateway } from '../gateway/create-gateway.ts';
import type { Lab } from '../lab/lab.ts';
import { createLiveHub } from '../session/live-hub.ts';
import { createSessionRegistry } from '../session/session-registry.ts';
import type { TerminalAddress } from './terminal-client.ts';

/** An open door. */
export interface TerminalDoor extends AsyncDisposable, TerminalAddress {}

/** Opens it. Disposing ends the terminals; the lab stays. */
export async function openDoor(lab: Lab, learner: LearnerId, log: (line: string) => void): Promise<TerminalDoor> {
  await using stack = new AsyncDisposableStack();
  const cookie = `tadak_play=${randomUUID()}`;
  const sessions = stack.use(createSessionRegistry());
  const server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  stack.defer(() => void server.close());
  stack.use(
    createGateway({
      server,
      identify: ({ headers }) => (headers.cookie === cookie ? learner : undefined),
      allowedOrigins: [],
      openTerminal: (request) => sessions.open({ ...request, lab, ...epochOf(request) }),
      liveHub: createLiveHub(),
      onWatch: () => {},
      log,
    }),
  );
  const { port } = server.address() as AddressInfo;
  const opened = stack.move();
  return { url: `ws://127.0.0.1:${port}`, cookie, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

const epochOf = ({ epoch }: { readonly epoch?: string | undefined }) => (epoch === undefined ? {} : { epoch });
