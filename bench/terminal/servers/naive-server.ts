/**
 * What everybody writes first: a shell for every WebSocket, strings in both directions, nothing kept and nothing
 * held back. The measure of the others. Prints its port as its first line.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { spawn } from 'node-pty';
import { type WebSocket, WebSocketServer } from 'ws';
import { programEnvironment } from '../../door/program-lab.ts';

const cwd = tmpdir();
const [program = 'bash', ...args] = process.argv.slice(2);

function serve(ws: WebSocket): void {
  const pty = spawn(program, args, { cols: 80, rows: 24, cwd, env: programEnvironment });
  pty.onData((data) => ws.send(data));
  pty.onExit(() => ws.close());
  ws.on('message', (data) => pty.write(String(data)));
  ws.on('close', () => pty.kill());
}

// An orderly end, after which Node keeps the compiled code.
process.once('SIGTERM', () => process.exit());
const server = createServer();
new WebSocketServer({ server }).on('connection', serve);
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port));
