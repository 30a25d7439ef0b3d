/**
 * The real server's terminal door (gateway, sessions, limits) with a given program in place of the lab's shell,
 * so that it can be measured by any client that speaks docs/protocol.md. Knows nothing about what is measured.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGateway } from '../../server/gateway/create-gateway.ts';
import { createLiveHub } from '../../server/session/live-hub.ts';
import { createSessionRegistry } from '../../server/session/session-registry.ts';
import type { LearnerId } from '../../src/course/ids.ts';
import { Fault } from '../../src/faults.ts';
import { createProgramLab, type Program } from './program-lab.ts';

/** What the door opens to. */
export interface DoorOptions extends Program {
  /** 0 takes any free port. */
  readonly port: number;
  /** Whether this machine serves real learners: then there is no such door. */
  readonly production: boolean;
  readonly log: (line: string) => void;
}

/** An open door. Disposing closes it and ends the programs. */
export interface Door extends AsyncDisposable {
  /** Of the terminal route. */
  readonly url: string;
}

/** Only what counts connections is wider than in production: a benchmark is one learner with many terminals. */
const limits = { socketsPerLearner: 10_000, opens: { perSecond: 10_000, burst: 10_000 } };

/** Opens the door on the loopback address. Throws a Fault. */
export async function openDoor(options: DoorOptions): Promise<Door> {
  const labs = new Map<LearnerId, ReturnType<typeof createProgramLab>>();
  const sessions = createSessionRegistry({ limits: { terminalsPerLab: 99 } });
  createProgramLab(options, options); // Refused now rather than at the first terminal.
  const server = createServer();
  const gateway = createGateway({
    ...{ server, limits, log: options.log, liveHub: createLiveHub() },
    identify: identifyByName,
    allowedOrigins: [],
    allowMissingOrigin: true,
    openTerminal: (request) => {
      const lab = labs.get(request.learner) ?? createProgramLab(options, options);
      labs.set(request.learner, lab);
      return sessions.open({ ...request, lab });
    },
    onWatch: () => {},
  });
  const port = await listen(server, options.port);
  return {
    url: `ws://127.0.0.1:${port}/ws/terminal`,
    [Symbol.asyncDispose]: async () => {
      await gateway[Symbol.asyncDispose]();
      server.close();
      await sessions[Symbol.asyncDispose]();
    },
  };
}

/** Whoever the cookie names, with terminals of their own; everybody without a cookie is one learner. */
function identifyByName({ headers }: IncomingMessage): LearnerId {
  return (/(?:^|;\s*)tadak_learner=([\w-]{1,64})/.exec(headers.cookie ?? '')?.[1] ?? 'bench') as LearnerId;
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error: NodeJS.ErrnoException) =>
    reject(error.code === 'EADDRINUSE' ? new Fault('port-in-use', { port }) : error),
  );
  server.listen(port, '127.0.0.1', resolve);
  await promise;
  return (server.address() as AddressInfo).port;
}
