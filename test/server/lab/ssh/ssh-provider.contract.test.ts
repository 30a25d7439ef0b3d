import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Lab } from '../../../../server/lab/lab.ts';
import { probeSsh } from '../../../../server/lab/ssh/probe.ts';
import { createSshProvider, type SshProvider } from '../../../../server/lab/ssh/provider.ts';
import { buildAddresses } from '../../../../src/course/addresses.ts';
import type { LearnerId } from '../../../../src/course/ids.ts';
import type { Fault } from '../../../../src/faults.ts';
import { watchPty } from '../../../support/pty-screen.ts';
import { freePort, startSshd, type TestSshd } from '../../../support/sshd.ts';

let sshd: TestSshd;
let dataFolder: string;
beforeAll(async () => {
  sshd = await startSshd();
  dataFolder = await mkdtemp(join(tmpdir(), 'tadak-ssh-data-'));
  await writeFile(join(dataFolder, 'integration.bash'), "PS1='ready> '\n");
});
afterAll(async () => {
  await sshd[Symbol.asyncDispose]();
  await rm(dataFolder, { recursive: true, force: true });
});

const size = { cols: 80, rows: 24 };
const owner = { learner: 'tester' as LearnerId, server: 'test' };
const signal = AbortSignal.timeout(110_000);

async function provider(options: { readonly port?: number; readonly agent?: boolean } = {}): Promise<SshProvider> {
  const made = createSshProvider({
    address: { ...sshd.address, port: options.port ?? sshd.address.port },
    dataFolder,
    integrationFile: join(dataFolder, 'integration.bash'),
    agentSocket: options.agent === false ? undefined : sshd.agentSocket,
  });
  await made.prepare({ signal, onProgress: () => {} });
  return made;
}
function provision(from: SshProvider): Promise<Lab> {
  return from.provision({ start: 'none', addresses: buildAddresses('class') }, owner, { signal, onProgress: () => {} });
}
async function logIn(lab: Lab, options: { readonly accept: boolean }) {
  const pty = await lab.openPty(size, { signal });
  const screen = watchPty(pty);
  if (options.accept) {
    await screen.waitFor(/Are you sure you want to continue connecting/);
    pty.write(Buffer.from('yes\n'));
  }
  await screen.waitFor(/ready> /);
  return { pty, screen };
}
function nextFault(lab: Lab): Promise<Fault> {
  return new Promise((resolve) => lab.onLost(resolve));
}
const exec = (lab: Lab, script: string) => lab.exec(script, { signal, timeoutMs: 20_000 });

/** A program that is no SSH server. */
async function listen(greet: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const { promise: connected, resolve: connect } = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}); // Who asked went first.
    greet(socket);
    connect();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connected,
    [Symbol.asyncDispose]: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** An address where the kernel leaves whoever comes unanswered: its program stands still, and as many wait for it as may. */
async function listenWithoutTaking() {
  const script = `const server = require('node:net').createServer();
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));`;
  const program = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(program.stdout, 'data')) as [Buffer];
  const port = Number(line.toString());
  program.kill('SIGSTOP');
  const waiting: Socket[] = [];
  const isTaken = async () => {
    const socket = connect({ host: '127.0.0.1', port });
    waiting.push(socket);
    socket.on('error', () => {}); // The program is ended below.
    const unanswered = AbortSignal.timeout(1_500);
    return once(socket, 'connect', { signal: unanswered }).then(
      () => true,
      () => false,
    );
  };
  while (await isTaken()) expect(waiting.length).toBeLessThan(50);
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      for (const socket of waiting) socket.destroy();
      const ended = once(program, 'exit');
      program.kill('SIGKILL');
      await ended;
    },
  };
}

test('after the login checks run over the same connection, and the terminal has shell integration', async () => {
  await using made = await provider();
  await made.forgetHostKey();
  await using lab = await provision(made);
  const { pty, screen } = await logIn(lab, { accept: true });
  pty.write(Buffer.from('echo 한글 $((6*7))\n'));
  await screen.waitFor(/한글 42/);
  await expect
    .poll(() => exec(lab, 'echo out; echo err >&2; exit 3'), { timeout: 20_000 })
    .toMatchObject({ kind: 'exited', exitCode: 3, stdout: 'out\n', stderr: 'err\n' });
});

test('an accepted host key is pinned: the next lab does not ask, and a second terminal needs no second login', async () => {
  await using made = await provider();
  await using lab = await provision(made);
  await logIn(lab, { accept: false });
  const second = await logIn(lab, { accept: false });
  second.pty.resize({ cols: 101, rows: 33 });
  // What is typed may overtake the new size on its way.
  second.pty.write(Buffer.from('until [ "$(stty size)" = "33 101" ]; do sleep 0.05; done; echo "size=$(stty size)"\n'));
  await second.screen.waitFor(/size=33 101/);
});

test('a changed host key ends the lab with its own sentence, and forgetting the key makes it ask again', async () => {
  await using made = await provider();
  await using lab = await provision(made);
  await sshd.restartWithNewKey();
  const fault = nextFault(lab);
  await lab.openPty(size, { signal });
  expect(await fault).toMatchObject({ code: 'ssh-host-key-changed' });
  await made.forgetHostKey();
  await using again = await provision(made);
  await logIn(again, { accept: true });
});

test('a wrong password is a sentence of its own', async () => {
  await using made = await provider({ agent: false });
  await using lab = await provision(made);
  const fault = nextFault(lab);
  const pty = await lab.openPty(size, { signal });
  const screen = watchPty(pty);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await screen.waitFor(/password: /);
    pty.write(Buffer.from('certainly-wrong\n'));
  }
  expect(await fault).toMatchObject({ code: 'ssh-auth-failed', sentence: { ko: expect.stringContaining('거절') } });
});

test('a port where nobody listens is "refused", one where something else listens is "cannot be reached"', async () => {
  await using refused = await provider({ port: await freePort() });
  await expect(provision(refused)).rejects.toMatchObject({ code: 'ssh-refused' });
  await Promise.all(
    [
      (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      (socket: Socket) => socket.destroy(),
      // A machine that takes the connection and then says nothing, as one that hangs does.
      () => {},
    ].map(async (greet) => {
      await using other = await listen(greet);
      await using unreachable = await provider({ port: other.port });
      await expect(provision(unreachable)).rejects.toMatchObject({
        code: 'ssh-unreachable',
        sentence: { ko: expect.stringContaining(`127.0.0.1:${other.port} 에 닿지 않아요`) },
      });
    }),
  );
});

test('an address that does not even take the connection, as a machine that is off, is "cannot be reached"', async () => {
  await using off = await listenWithoutTaking();
  await using unreachable = await provider({ port: off.port });
  const startedAt = performance.now();
  await expect(provision(unreachable)).rejects.toMatchObject({ code: 'ssh-unreachable' });
  expect(performance.now() - startedAt).toBeLessThan(30_000);
});

test('giving up ends the wait for a machine that says nothing', async () => {
  await using silent = await listen(() => {});
  const abort = new AbortController();
  const probing = probeSsh({ ...sshd.address, port: silent.port }, abort.signal);
  await silent.connected;
  abort.abort();
  await expect(probing).rejects.toMatchObject({ code: 'ssh-unreachable' });
});

test('a provider that ends calls off what it is starting', async () => {
  await using silent = await listen(() => {});
  const made = await provider({ port: silent.port });
  const called = expect(provision(made)).rejects.toMatchObject({ code: 'ssh-unreachable' });
  await silent.connected;
  await made[Symbol.asyncDispose]();
  await called;
});

test('a connection that is lost in mid-session ends the lab with a sentence that says what to do', async () => {
  await using made = await provider();
  await using lab = await provision(made);
  const { screen } = await logIn(lab, { accept: false });
  const fault = nextFault(lab);
  await sshd.kill();
  expect(await fault).toMatchObject({ code: 'ssh-lost' });
  await screen.waitForExit();
  // Whoever comes later hears the same.
  expect(await nextFault(lab)).toMatchObject({ code: 'ssh-lost' });
  await expect(lab.openPty(size, { signal })).rejects.toMatchObject({ code: 'ssh-lost' });
  expect(await exec(lab, 'true')).toMatchObject({ kind: 'unreachable', fault: { code: 'ssh-lost' } });
  await sshd.restartWithNewKey();
  await made.forgetHostKey();
});

test('ending a lab leaves no connection, socket or record behind', async () => {
  await using made = await provider();
  await made.forgetHostKey();
  const lab = await provision(made);
  const { screen } = await logIn(lab, { accept: true });
  await lab[Symbol.asyncDispose]();
  await screen.waitForExit();
  expect(await readdir(join(dataFolder, 'run', 'ssh'))).toEqual([]);
});

test('what a dead server left is swept, what a living one owns is not', async () => {
  await using made = await provider();
  const lab = await provision(made);
  expect(await made.sweep(() => true)).toBe(0);
  expect(await made.sweep(() => false)).toBe(1);
  await lab[Symbol.asyncDispose]();
});
