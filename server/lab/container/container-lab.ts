/**
 * One running lab: a container with its terminal path, its network and its own limits. The terminal path is an SSH connection
 * over the engine's own way into the container, so that it does not depend on anything that the student sets up.
 * Knows nothing about how images are made, nor about other labs.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Addresses, addressNames } from '../../../src/course/addresses.ts';
import { type Capability, capabilities } from '../../../src/course/capabilities.ts';
import { Fault } from '../../../src/faults.ts';
import { findProcessesByArgument, killProcess } from '../../host/processes.ts';
import { ConsoleLab, startWithin } from '../console-lab.ts';
import { kernelFactsScript, parseFacts } from '../facts.ts';
import { consoleHostName, createLabKeys, type LabKeyFiles, labKeyFiles } from '../guest/lab-keys.ts';
import type { Claim, ExecOptions, ExecResult, Lab, LabOwner, Waiting } from '../lab.ts';
import { buildCommandArguments, type SshTarget } from '../openssh/ssh-arguments.ts';
import { openSshConnection, type SshConnection } from '../openssh/ssh-connection.ts';
import { clientEnvironment } from '../openssh/ssh-program.ts';
import { createReadyNote } from '../ready-note.ts';
import { readyProgram, wireProgram } from './container-image.ts';
import { type ContainerRun, type ContainerRunOptions, runContainer, takeOverContainer } from './container-run.ts';
import { watchDisk } from './disk-watch.ts';
import { carryFrames } from './wire.ts';

/** What a lab is made from. */
export interface ContainerLabOptions extends Omit<ContainerRunOptions, 'keys'> {
  readonly addresses: Addresses;
  /** What the image brings. */
  readonly capabilities: ReadonlySet<Capability>;
  /** Private folder for keys and the terminal path's socket; its path is short. */
  readonly folder: string;
  /** Removes the folder. */
  readonly removeFolder: () => Promise<void>;
  /** Writes another owner into the folder's record. */
  readonly assignFolder: (owner: LabOwner) => Promise<void>;
  /** Told once when the lab has ended and left nothing behind, whether disposed or lost. */
  readonly onEnd: (lab: Lab) => void;
  readonly log: (message: string, details?: Readonly<Record<string, unknown>>) => void;
}

const startTimeoutSeconds = 120;
const connectTimeoutSeconds = 15;
const factsTimeoutMs = 20_000;
/** How long a terminal or a script waits while the terminal path is being restored, ms. */
const returnTimeoutMs = 10_000;
/** Not the name of a file that the student knows, and no `pkill sshd` finds it. */
const consoleProgram = ['/usr/lib/tadak/tadak-console', '-i', '-e', '-f', '/etc/tadak/console_config'] as const;

const labels = {
  wake: { ko: '실습 컨테이너를 켜는 중', en: 'Starting the lab container' },
  connect: { ko: '터미널과 네트워크를 연결하는 중', en: 'Connecting the terminal and the network' },
  boot: { ko: '실습 환경의 서비스를 켜는 중', en: 'Starting the lab’s services' },
} as const;

/** What a later server must know beside the lab's record. */
export const containerNote = createReadyNote(
  z.object({ addresses: z.record(z.enum(addressNames), z.string()), capabilities: z.array(z.enum(capabilities)) }),
);

/** Starts a lab. Throws a Fault and leaves nothing behind. */
export async function startContainerLab(options: ContainerLabOptions, waiting: Waiting): Promise<Lab> {
  await using stack = new AsyncDisposableStack();
  stack.defer(options.removeFolder);
  const start = (either: Waiting) => startParts(options, either, stack);
  const parts = await startWithin(startTimeoutSeconds, { waiting, log: 'server.log' }, start);
  await containerNote.write(options.folder, { addresses: options.addresses, capabilities: [...parts.capabilities] });
  return new ContainerLab(options, parts, stack.move());
}

/**
 * Takes over the lab of an earlier server; `options.capabilities` are the lab's own. Throws a Fault when its container does not
 * run, and leaves all as it was found.
 */
export async function takeOverContainerLab(options: ContainerLabOptions, signal: AbortSignal): Promise<Lab> {
  const { host, id, folder } = options;
  const run = await takeOverContainer(host, id, signal);
  const stack = new AsyncDisposableStack();
  stack.defer(options.removeFolder);
  stack.use(run);
  // The earlier server's connections carry the lab's network cards.
  for (const left of findProcessesByArgument(controlPathIn(folder))) await killProcess(left);
  const { ssh, wire } = await connect(options, labKeyFiles(folder), stack).catch((error: unknown) => {
    run.letGo();
    throw error;
  });
  // Terminals and checks come at once. A student who broke the path has the lab all the same.
  await ssh.whenUp({ signal, timeoutMs: returnTimeoutMs }).catch(() => false);
  return new ContainerLab(options, { capabilities: options.capabilities, run, ssh, wire }, stack);
}

interface Parts {
  /** With what the kernel lets this lab do, which is the host's business. */
  readonly capabilities: ReadonlySet<Capability>;
  readonly run: ContainerRun;
  readonly ssh: SshConnection;
  readonly wire: Disposable;
}

async function startParts(options: ContainerLabOptions, waiting: Waiting, stack: AsyncDisposableStack): Promise<Parts> {
  const { folder, log } = options;
  const { signal, onProgress } = waiting;
  const startedAt = performance.now();
  const since = () => Math.round(performance.now() - startedAt);
  onProgress({ label: labels.wake, fraction: 0.1 });
  const keys = await createLabKeys(folder);
  const run = stack.use(await runContainer({ ...options, keys }, signal));
  const runningMs = since();
  onProgress({ label: labels.connect, fraction: 0.3 });
  const { ssh, wire } = await connect(options, keys, stack);
  if (!(await ssh.whenUp({ signal, timeoutMs: startTimeoutSeconds * 1000 }))) throw new Fault('lab-unreachable');
  const connectedMs = since();
  onProgress({ label: labels.boot, fraction: 0.5 });
  await waitUntilReady(ssh, signal);
  const capabilities = new Set([...options.capabilities, ...(await findKernelFacts(ssh, signal))]);
  log('lab ready', { lab: options.id, runningMs, connectedMs, readyMs: since() });
  return { capabilities, run, ssh, wire };
}

/** Starts the terminal path and, over it, the network. */
async function connect(
  options: ContainerLabOptions,
  keys: LabKeyFiles,
  stack: AsyncDisposableStack,
): Promise<Pick<Parts, 'ssh' | 'wire'>> {
  const ssh = stack.use(await openConsole(options, keys));
  const wire = stack.use(keepWire(options, ssh));
  const end = new AbortController();
  stack.defer(() => end.abort());
  ssh.onState((state) => {
    if (state !== 'down') return;
    options.log('lab terminal path lost', { lab: options.id, complaint: ssh.complaint });
    options.host.engine.wake(end.signal).catch((thrown: unknown) => {
      if (!end.signal.aborted) options.log('container engine lost', { lab: options.id, cause: String(thrown) });
    });
  });
  return { ssh, wire };
}

async function findKernelFacts(ssh: SshConnection, signal: AbortSignal): Promise<ReadonlySet<Capability>> {
  const facts = await ssh.exec(kernelFactsScript, { signal, timeoutMs: factsTimeoutMs });
  return parseFacts(facts.kind === 'exited' ? facts.stdout : '');
}

async function waitUntilReady(ssh: SshConnection, signal: AbortSignal): Promise<void> {
  const result = await ssh.exec(readyProgram, { signal, timeoutMs: startTimeoutSeconds * 1000 });
  if (result.kind === 'exited' && result.exitCode === 0) return;
  const detail = result.kind === 'exited' ? result.stderr.trim().slice(0, 300) : result.kind;
  throw new Fault('lab-start-failed', { detail });
}

/** The way in is a small program in the lab's folder: ssh hands a shell nothing but its name. */
async function openConsole({ host, id, folder }: ContainerLabOptions, keys: LabKeyFiles): Promise<SshConnection> {
  const { file, args, env } = host.engine.command(['exec', '--interactive', `tadak-${id}`, ...consoleProgram], id);
  const words = ['env', '-i', ...Object.entries(env).map(([name, value]) => `${name}=${value}`), file, ...args];
  const enter = join(folder, 'enter');
  await writeFile(enter, `#!/bin/sh\nexec ${words.map(quote).join(' ')}\n`);
  await chmod(enter, 0o700);
  return openSshConnection({
    target: consoleTarget(keys),
    controlPath: controlPathIn(folder),
    folder,
    connectTimeoutSeconds,
  });
}

function consoleTarget({ clientFile, knownHostsFile }: LabKeyFiles): SshTarget {
  const files = { identityFile: clientFile, knownHostsFile };
  return { host: consoleHostName, user: 'root', proxyCommand: './enter', ...files };
}

const controlPathIn = (folder: string) => join(folder, 'ctl');
const quote = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

/** The network cards live as long as a session of the terminal path; when that comes back they are plugged in again. */
function keepWire({ addresses, folder, id, log }: ContainerLabOptions, ssh: SshConnection): Disposable {
  let child: ChildProcess | undefined;
  const onTrouble = (trouble: string) => log('lab network', { lab: id, trouble });
  const plug = (): void => {
    if (ssh.state !== 'up') return;
    const target = { host: consoleHostName, user: 'root', knownHostsFile: '/dev/null' };
    const command = `exec unshare -n ${wireProgram}`;
    const args = buildCommandArguments(target, { controlPath: controlPathIn(folder) }, command);
    const session = spawn('ssh', args, { stdio: ['pipe', 'pipe', 'ignore'], env: clientEnvironment });
    child = session;
    const frames = carryFrames({ input: session.stdout, output: session.stdin }, addresses, onTrouble);
    session.once('error', () => {});
    session.once('close', () => {
      frames[Symbol.dispose]();
      if (child === session) setTimeout(plug, replugMs).unref();
    });
  };
  const listening = ssh.onState((state) => {
    if (state === 'up') plug();
  });
  if (ssh.state === 'up') plug();
  return {
    [Symbol.dispose]: () => {
      listening[Symbol.dispose]();
      const last = child;
      child = undefined;
      last?.kill('SIGKILL');
    },
  };
}

/** Between the loss of the cards and new ones, ms. */
const replugMs = 500;

class ContainerLab extends ConsoleLab {
  readonly #ssh: SshConnection;
  readonly #assignFolder: (owner: LabOwner) => Promise<void>;
  readonly #letGo: () => void;

  constructor(options: ContainerLabOptions, { capabilities, run, ssh, wire }: Parts, stack: AsyncDisposableStack) {
    const noteFolder = options.folder;
    super({ ...options, capabilities, kind: 'container', ssh, noteFolder, stack, returnTimeoutMs });
    this.#ssh = ssh;
    this.#assignFolder = options.assignFolder;
    const onFull = () => this.lose(new Fault('lab-disk-limit', { limitMb: options.limits.diskMb }));
    const disk = stack.use(watchDisk(options, onFull));
    this.#letGo = () => {
      for (const hand of [wire, disk]) hand[Symbol.dispose]();
      run.letGo();
    };
    void run.whenEnded.then(() => this.lose(new Fault('lab-lost')));
  }

  async exec(script: string, options: ExecOptions): Promise<ExecResult> {
    options.signal.throwIfAborted();
    if (this.endSignal.aborted) return { kind: 'unreachable', fault: this.fault('lab-lost') };
    let result = await this.#ssh.exec(script, options);
    // The path was just lost and is on its way back; nothing of the script has run.
    if (result.kind === 'not-started' && (await this.#isBack(options.signal)))
      result = await this.#ssh.exec(script, options);
    if (result.kind === 'lost' || result.kind === 'not-started') {
      return { kind: 'unreachable', fault: this.fault('lab-unreachable', result.reason) };
    }
    return result;
  }

  /** Clock and randomness are the host's, and an idle container takes next to no time: it need not be stopped. */
  async standBy(): Promise<Claim> {
    return async (owner) => {
      if (this.endSignal.aborted) throw this.fault('lab-lost');
      await this.#assignFolder(owner);
    };
  }

  leave(): Promise<void> {
    return this.leaveBy(this.#letGo);
  }

  async #isBack(signal: AbortSignal): Promise<boolean> {
    const either = AbortSignal.any([signal, this.endSignal]);
    return this.#ssh.whenUp({ signal: either, timeoutMs: returnTimeoutMs }).catch((thrown: unknown) => {
      signal.throwIfAborted();
      if (!this.endSignal.aborted) throw thrown;
      return false;
    });
  }
}
