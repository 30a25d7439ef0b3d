/**
 * A container that runs: started under its limits, made its owner's, watched until it ends, removed with all that it left.
 * Knows nothing about terminals or networks.
 */
import { readFile } from 'node:fs/promises';
import { Fault } from '../../../src/faults.ts';
import { identifyProcess, isRunning, type ProcessIdentity } from '../../host/processes.ts';
import type { LabKeys } from '../guest/lab-keys.ts';
import type { LabOwner } from '../lab.ts';
import type { ContainerHost } from './container-host.ts';
import { startProgram } from './container-image.ts';
import type { LabLimits } from './control-groups.ts';
import { containerName } from './run-arguments.ts';
import { buildSmallTar } from './tar.ts';

/** What one lab may use at most. */
export interface ContainerLimits extends LabLimits {
  readonly diskMb: number;
}

/** One container to run. */
export interface ContainerRunOptions {
  readonly host: ContainerHost;
  readonly id: string;
  readonly owner: LabOwner;
  /** Names the server's data folder on the container. */
  readonly home: string;
  readonly image: string;
  readonly limits: ContainerLimits;
  readonly keys: LabKeys;
}

/** A running container. Disposing ends and removes it. */
export interface ContainerRun extends AsyncDisposable {
  readonly name: string;
  /** Its first program. */
  readonly process: ProcessIdentity;
  /** Settles when the container has ended, by itself or not. */
  readonly whenEnded: Promise<void>;
  /** Watches it no longer; it runs on. */
  letGo(): void;
}

const removeAttempts = 3;
const lookMs = 250;

/** Starts it. Throws a Fault and leaves nothing behind. */
export async function runContainer(options: ContainerRunOptions, signal: AbortSignal): Promise<ContainerRun> {
  const { host, id, limits } = options;
  await using stack = new AsyncDisposableStack();
  stack.defer(() => host.groups.remove(id));
  await host.groups.create(id, limits).catch((cause: unknown) => {
    throw new Fault('lab-start-failed', { detail: 'cgroup' }, { cause });
  });
  stack.defer(() => removeContainer(host, containerName(id)));
  await runOrFail(host, await runArguments(options), { signal, id });
  const process = await findProcess(host, id, signal);
  await host.engine.admit(id, process.pid);
  await runOrFail(host, ['exec', '--interactive', containerName(id), 'tar', '-x', '-C', '/'], {
    ...{ signal, id, input: buildClaim(options.keys) },
  });
  return watchRun(id, process, stack.move());
}

/** Takes over a container that an earlier server left running. Throws a Fault when there is none, and leaves all as it was found. */
export async function takeOverContainer(host: ContainerHost, id: string, signal: AbortSignal): Promise<ContainerRun> {
  const process = await findProcess(host, id, signal);
  const stack = new AsyncDisposableStack();
  stack.defer(() => host.groups.remove(id));
  stack.defer(() => removeContainer(host, containerName(id)));
  return watchRun(id, process, stack);
}

function watchRun(id: string, process: ProcessIdentity, owned: AsyncDisposableStack): ContainerRun {
  const watch = owned.use(watchProcess(process));
  return {
    ...{ name: containerName(id), process, whenEnded: watch.ended, letGo: () => watch[Symbol.dispose]() },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/**
 * Ends and removes a container with its volumes; nothing happens when there is none. A host that a lab keeps busy may need more
 * than one attempt.
 */
export async function removeContainer({ engine }: ContainerHost, name: string): Promise<void> {
  for (let attempt = 0; attempt < removeAttempts; attempt += 1) if (await engine.remove(name)) return;
}

async function runArguments({ host, id, owner, home, image, limits }: ContainerRunOptions): Promise<readonly string[]> {
  const limitArguments = host.groups.labArguments(limits);
  const { diskMb } = limits;
  const hardLimits = await readHardLimits();
  return host.engine.runArguments({
    ...{ id, owner, home, image, program: startProgram, limitArguments, diskMb, hardLimits },
  });
}

async function runOrFail(
  { engine }: ContainerHost,
  args: readonly string[],
  { id, ...options }: { readonly signal: AbortSignal; readonly id: string; readonly input?: Uint8Array },
): Promise<string> {
  const answer = await engine.run(args, { ...options, lab: id });
  if (answer.exitCode !== 0) throw new Fault('lab-start-failed', { detail: answer.complaint || args[0] || '' });
  return answer.stdout.trim();
}

async function findProcess(host: ContainerHost, id: string, signal: AbortSignal): Promise<ProcessIdentity> {
  const pid = await runOrFail(host, ['inspect', '--format', '{{.State.Pid}}', containerName(id)], { signal, id });
  const identity = identifyProcess(Number(pid));
  if (identity === undefined) throw new Fault('lab-start-failed', { detail: `${host.engine.name} run` });
  return identity;
}

/** The keys of the terminal path and of the lab's own sshd, as an archive for the lab's root. */
function buildClaim({ consoleHost, sshHost, client }: LabKeys): Buffer {
  return buildSmallTar([
    { path: 'etc/tadak/console_host_key', mode: 0o600, content: consoleHost.privateKey },
    { path: 'etc/tadak/console_authorized_keys', mode: 0o600, content: `${client.publicKey}\n` },
    { path: 'etc/ssh/ssh_host_ed25519_key', mode: 0o600, content: sshHost.privateKey },
    { path: 'etc/ssh/ssh_host_ed25519_key.pub', mode: 0o644, content: `${sshHost.publicKey}\n` },
  ]);
}

/** The engine could tell, with a program of its own for every lab; looking costs nothing. */
function watchProcess(identity: ProcessIdentity): Disposable & { readonly ended: Promise<void> } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setInterval(() => {
    if (isRunning(identity)) return;
    clearInterval(timer);
    resolve();
  }, lookMs);
  return { ended: promise, [Symbol.dispose]: () => clearInterval(timer) };
}

async function readHardLimits(): Promise<{ readonly openFiles: number; readonly processes: number }> {
  const text = await readFile('/proc/self/limits', 'utf8');
  const hardLimit = (name: string) => Number(new RegExp(`^Max ${name} +\\S+ +(\\d+)`, 'm').exec(text)?.[1] ?? Infinity);
  return { openFiles: hardLimit('open files'), processes: hardLimit('processes') };
}
