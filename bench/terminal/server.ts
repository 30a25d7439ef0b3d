/**
 * A server to be measured, in a process of its own: `tadak` (sessions and gateway as in production) or `bare`
 * (the usual two dozen lines of ws and node-pty). Reports its port, and its CPU time and memory when asked.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import { createGateway } from '../../server/gateway/create-gateway.ts';
import { createLocalProvider } from '../../server/lab/local.ts';
import { createLiveHub } from '../../server/session/live-hub.ts';
import { createSessionRegistry } from '../../server/session/session-registry.ts';
import { buildAddresses } from '../../src/course/addresses.ts';
import type { LearnerId } from '../../src/course/ids.ts';

const { spawn } = (await import('node-pty')).default;
const server = createServer();
const size = { cols: 80, rows: 24 };

function serveBare(ws: WebSocket): void {
  const env = { PATH: process.env.PATH, HOME: '/tmp', TERM: 'xterm-256color' };
  const pty = spawn('bash', ['--norc', '-i'], { ...size, cwd: '/tmp', env });
  pty.onData((data) => ws.send(data));
  pty.onExit(() => ws.close());
  ws.on('message', (data) => pty.write(String(data)));
  ws.on('close', () => pty.kill());
}

async function serveTadak(): Promise<void> {
  const provider = createLocalProvider({ production: false });
  const never = new AbortController().signal;
  const learner = 'bench' as LearnerId;
  const spec = { start: 'none', addresses: buildAddresses('private') };
  const lab = await provider.provision(spec, { learner, server: 'bench' }, { signal: never, onProgress: () => {} });
  const sessions = createSessionRegistry({ limits: { terminalsPerLab: 99 } });
  createGateway({
    server,
    identify: () => learner,
    allowedOrigins: [],
    allowMissingOrigin: true,
    openTerminal: (request) => sessions.open({ ...request, lab }),
    liveHub: createLiveHub(),
    onWatch: () => {},
    limits: { socketsPerLearner: 999, opens: { perSecond: 999, burst: 999 } },
    log: (line) => console.error(line),
  });
  process.on('disconnect', () => void provider[Symbol.asyncDispose]().then(() => process.exit()));
}

if (process.argv[2] === 'tadak') await serveTadak();
else {
  const wss = new WebSocketServer({ server });
  wss.on('connection', serveBare);
  process.on('disconnect', () => process.exit());
}
process.on('message', () => {
  globalThis.gc?.();
  process.send?.({ cpu: process.cpuUsage(), rssBytes: process.memoryUsage().rss });
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
