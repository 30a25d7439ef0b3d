/**
 * A server to be measured, in a process of its own. Knows nothing about what it speaks.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { programEnvironment } from '../../door/program-lab.ts';

/** How a server is started, and how it says that it listens. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** Where it listens; without it the first line that it prints ends with the port. */
  readonly port?: number;
  /** Where Node keeps compiled code. */
  readonly compileCache: string;
}

/** A server that listens on the loopback address. Disposing ends it. */
export interface ServerProcess extends AsyncDisposable {
  readonly pid: number;
  readonly port: number;
}

const startWithinMs = 20_000;
const lookEveryMs = 20;

/** Starts a server. Throws when it ends at once or does not listen in time. */
export async function startServerProcess({ command, args, port, compileCache }: ServerCommand): Promise<ServerProcess> {
  const env = { ...programEnvironment, NODE_COMPILE_CACHE: compileCache };
  const child = spawn(command, [...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const exited = once(child, 'exit');
  const failed = exited.then(([code]) => Promise.reject(new Error(`${command} ended with ${code}`)));
  const listening = port === undefined ? readPort(child) : untilListening(port, child);
  const found = await Promise.race([listening, failed]);
  failed.catch(() => {}); // Its end is expected from now on.
  return {
    pid: child.pid ?? 0,
    port: found,
    [Symbol.asyncDispose]: async () => {
      process.off('exit', endWithUs);
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      const impatient = setTimeout(endWithUs, 3_000);
      await exited;
      clearTimeout(impatient);
    },
  };
}

/** A port that nobody listens on now. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function readPort({ stdout }: ChildProcess): Promise<number> {
  let printed = '';
  for await (const chunk of stdout ?? []) {
    printed += String(chunk);
    const port = /(\d+)(?:\/\S*)?\n/.exec(printed)?.[1];
    if (port === undefined) continue;
    return Number(port);
  }
  throw new Error(`no port in ${JSON.stringify(printed)}`);
}

async function untilListening(port: number, { stdout }: ChildProcess): Promise<number> {
  stdout?.resume(); // What it logs must not stop it.
  const deadline = performance.now() + startWithinMs;
  while (performance.now() < deadline) {
    if (await isListening(port)) return port;
    await wait(lookEveryMs);
  }
  throw new Error(`nothing listens on ${port} after ${startWithinMs} ms`);
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
