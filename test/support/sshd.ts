/**
 * A real sshd of this machine on loopback, and an agent with a key that it accepts.
 */
import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { probeSsh } from '../../server/lab/ssh/probe.ts';
import type { SshAddress } from '../../server/lab/ssh/ssh-address.ts';
import { descendantsOf } from './processes.ts';

const run = promisify(execFile);

/** A running server. */
export interface TestSshd extends AsyncDisposable {
  readonly address: SshAddress;
  /** Socket of an agent that holds an accepted key. */
  readonly agentSocket: string;
  readonly folder: string;
  /** Ends the server and every connection to it, as a power cut would. */
  kill(): Promise<void>;
  /** Starts again as it was. */
  restart(): Promise<void>;
  /** Starts again with another host key. */
  restartWithNewKey(): Promise<void>;
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Starts sshd and an agent. */
export async function startSshd(): Promise<TestSshd> {
  const folder = await mkdtemp(join(tmpdir(), 'tadak-sshd-'));
  const address = { user: userInfo().username, host: '127.0.0.1', port: await freePort() };
  await makeKey(join(folder, 'host'));
  await makeKey(join(folder, 'learner'));
  await mkdir('/run/sshd', { recursive: true }).catch(() => undefined); // sshd wants it when run by root
  await writeFile(join(folder, 'config'), config(folder, address.port));
  await writeFile(join(folder, 'accepted'), await readFile(join(folder, 'learner.pub')), { mode: 0o600 });
  const agentSocket = join(folder, 'agent');
  const agent = spawn('ssh-agent', ['-D', '-a', agentSocket], { stdio: 'ignore' });
  let server = await launch(folder, address);
  await addKey(folder, agentSocket);
  const kill = async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    if (server.exitCode !== null || server.signalCode !== null) return;
    const pid = server.pid as number;
    // Stopped first, or it would take connections while its sessions, which have process groups of their own, are looked for.
    process.kill(pid, 'SIGSTOP');
    for (const session of descendantsOf(pid)) killIfThere(session);
    process.kill(pid, 'SIGKILL');
    await ended;
  };
  return {
    address,
    agentSocket,
    folder,
    kill,
    restart: async () => {
      await kill();
      server = await launch(folder, address);
    },
    restartWithNewKey: async () => {
      await kill();
      await rm(join(folder, 'host'));
      await rm(join(folder, 'host.pub'));
      await makeKey(join(folder, 'host'));
      server = await launch(folder, address);
    },
    [Symbol.asyncDispose]: async () => {
      await kill();
      agent.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function config(folder: string, port: number): string {
  return `ListenAddress 127.0.0.1:${port}
HostKey ${folder}/host
AuthorizedKeysFile ${folder}/accepted
PidFile none
UsePAM no
PermitRootLogin yes
PasswordAuthentication yes
KbdInteractiveAuthentication no
StrictModes no
PrintMotd no
SetEnv HOME=${folder}
`;
}

async function makeKey(path: string): Promise<void> {
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
}

async function launch(folder: string, address: SshAddress) {
  const server = spawn('/usr/sbin/sshd', ['-D', '-f', join(folder, 'config'), '-E', join(folder, 'log')], {
    stdio: 'ignore',
    detached: true,
  });
  const deadline = Date.now() + 15_000;
  for (;;) {
    try {
      await probeSsh(address, AbortSignal.timeout(2_000));
      return server;
    } catch (error) {
      if (Date.now() > deadline) {
        throw new Error(`sshd did not come up: ${await readFile(join(folder, 'log'), 'utf8').catch(() => '')}`, {
          cause: error,
        });
      }
    }
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended with the one before it.
  }
}

async function addKey(folder: string, agentSocket: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      await run('ssh-add', ['-q', join(folder, 'learner')], { env: { ...process.env, SSH_AUTH_SOCK: agentSocket } });
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}
