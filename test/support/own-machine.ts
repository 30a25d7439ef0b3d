/**
 * A machine as a student brings it, with a real sshd on a loopback port of this machine: a lab of ours, whose own network reaches
 * nobody, so that every connection is carried over its terminal path.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContainerProvider, findContainerHost, storeFolderIn } from '../../server/lab/container/index.ts';
import type { Lab, LabOwner, LabProvider, LabSpec } from '../../server/lab/lab.ts';
import { createQemuProvider } from '../../server/lab/qemu/index.ts';
import { cacheFolder } from './vm-cache.ts';

/** The machine. Disposing it ends it and removes its folder. */
export interface OwnMachine extends AsyncDisposable {
  /** The way in that the student knows nothing of. */
  readonly lab: Lab;
  /** Where its sshd answers, on 127.0.0.1. */
  readonly port: number;
}

const environment = { HOME: process.env['HOME'] ?? '/', XDG_RUNTIME_DIR: process.env['XDG_RUNTIME_DIR'] ?? '' };
const shared = {
  ...{ cacheFolder, log: () => {}, labFolder: fileURLToPath(new URL('../../lab', import.meta.url)) },
};
const carry = `bash -c 'exec 3<>/dev/tcp/127.0.0.1/22; cat <&3 & cat >&3; kill $!'`;

/** Starts one: a container where this machine has containers, which takes seconds, else a virtual machine. */
export async function openOwnMachine(spec: LabSpec, owner: LabOwner): Promise<OwnMachine> {
  await using stack = new AsyncDisposableStack();
  const dataFolder = await mkdtemp(join(tmpdir(), 'tadak-own-'));
  stack.defer(() => rm(dataFolder, { recursive: true, force: true }));
  const { provider, runFolder } = await chooseProvider(dataFolder);
  stack.use(provider);
  const waiting = { signal: new AbortController().signal, onProgress: () => {} };
  await provider.prepare(waiting);
  const lab = await provider.provision(spec, owner, waiting);
  const record = JSON.parse(await readFile(join(runFolder, lab.id, 'lab.json'), 'utf8')) as { sockets: string };
  const port = await forwardSshd(join(record.sockets, 'ctl'), stack);
  const all = stack.move();
  return { lab, port, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

async function chooseProvider(dataFolder: string): Promise<{ provider: LabProvider; runFolder: string }> {
  const options = { ...shared, dataFolder };
  const { signal } = new AbortController();
  const host = await findContainerHost({ storeFolder: storeFolderIn(cacheFolder), environment }, signal).catch(
    () => undefined,
  );
  await host?.[Symbol.asyncDispose]();
  if (host) {
    const provider = createContainerProvider({ ...options, engineEnvironment: environment, isShared: false });
    return { provider, runFolder: join(dataFolder, 'container', 'run') };
  }
  return { provider: createQemuProvider({ ...options, allowInternet: false }), runFolder: join(dataFolder, 'run') };
}

/** Listens on a loopback port and carries each connection to the sshd behind the shared connection. */
async function forwardSshd(controlPath: string, stack: AsyncDisposableStack): Promise<number> {
  const args = ['-F', '/dev/null', '-S', controlPath, '-o', 'ProxyCommand=false', '-T', 'root@lab', carry];
  const server = createServer((socket) => {
    const carrier = spawn('ssh', args, { stdio: ['pipe', 'pipe', 'ignore'] });
    socket.pipe(carrier.stdin);
    carrier.stdout.pipe(socket);
    socket.on('error', () => carrier.kill());
    socket.on('close', () => carrier.kill());
    carrier.stdin.on('error', () => socket.destroy());
    carrier.on('exit', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stack.defer(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return (server.address() as AddressInfo).port;
}
