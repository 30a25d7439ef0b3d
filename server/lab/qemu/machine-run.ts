/**
 * A machine that runs: the process, its control connection, its networks and its guest agent's wire, taken down together.
 * Knows nothing about templates, keys or terminals.
 */
import { execFile } from 'node:child_process';
import { open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Addresses } from '../../../src/course/addresses.ts';
import { Fault } from '../../../src/faults.ts';
import type { ProcessIdentity } from '../../host/processes.ts';
import { programPath } from '../../host/programs.ts';
import { closeFolders, giveFile, letIn, type Needs } from './confinement.ts';
import { buildMachineArguments, type MachineOptions, socketNames } from './machine.ts';
import { createMachineNetworks } from './machine-networks.ts';
import { findQemu, type QemuProcess, startQemu } from './qemu-process.ts';
import { openQmp, type Qmp } from './qmp.ts';

/** What runs. */
export interface MachineRun extends AsyncDisposable {
  readonly process: QemuProcess;
  readonly qmp: Qmp;
  /** Takes the hands off the machine, which runs on. */
  letGo(): void;
}

/** How a machine is run. */
export interface RunMachineOptions {
  readonly machine: MachineOptions;
  /** Disks that the machine's own lies upon and that are not its own. */
  readonly beneath: readonly string[];
  readonly addresses: Addresses;
  readonly logPath: string;
  /** The frozen state, for a machine that resumes. */
  readonly statePath?: string;
  readonly signal: AbortSignal;
  readonly onTrouble: (sentence: string) => void;
  /** Told as soon as there is a process. */
  readonly onProcess?: (identity: ProcessIdentity) => Promise<void>;
}

/** A machine that another process of ours left running. */
export interface TakeOverOptions extends Pick<RunMachineOptions, 'addresses' | 'logPath' | 'signal' | 'onTrouble'> {
  readonly identity: ProcessIdentity;
  readonly socketFolder: string;
  /** As it was started. */
  readonly hasInternet: boolean;
}

/** Starting a process and reaching its control socket: milliseconds, but the host may be very busy. */
const controlTimeoutMs = 30_000;
/** From a broken control connection to the end of the process, ms. */
const goodbyeMs = 2_000;
const run = promisify(execFile);

/** Starts the process and plugs its networks in. Throws a Fault and leaves nothing running. */
export async function runMachine(options: RunMachineOptions): Promise<MachineRun> {
  await using stack = new AsyncDisposableStack();
  const { machine, statePath, logPath } = options;
  const args = buildMachineArguments(machine);
  const descriptor3 = statePath === undefined ? {} : { descriptor3: statePath };
  const needs = needsOf(options);
  await removeOldSockets(machine);
  await letIn(needs);
  await giveDisks(machine);
  const process = stack.use(await startQemu({ program: machine.shape.program, args, needs, logPath, ...descriptor3 }));
  await options.onProcess?.(process.identity);
  const { socketFolder, internetSubnet } = machine;
  const hasInternet = internetSubnet !== undefined;
  const hands = stack.use(await takeInHand(process, { ...options, socketFolder, hasInternet }));
  await closeFolders(needs);
  return buildRun(process, hands, stack.move());
}

function needsOf({ machine, beneath }: RunMachineOptions): Needs {
  const { name, files, shape, socketFolder, start, internetSubnet } = machine;
  return {
    name,
    folders: [dirname(files.disk), socketFolder],
    files: [files.kernel, files.initrd, ...beneath],
    // The data folder and the cache: `<data>/run/<lab>/disk.qcow2`, `<cache>/templates/<id>/ram`.
    ours: [files.disk, files.ram].map((path) => dirname(dirname(dirname(path)))),
    hasNetwork: internetSubnet !== undefined,
    hasKvm: shape.accelerator === 'kvm',
    ...(start !== 'boot' && { ram: files.ram }),
  };
}

/** A machine that was put back finds those of the one before, which may have been somebody else's. */
async function removeOldSockets({ socketFolder }: MachineOptions): Promise<void> {
  for (const name of Object.values(socketNames)) await rm(join(socketFolder, name), { force: true });
}

/** The machine's own disks, all layers of them. */
async function giveDisks({ name, files }: MachineOptions): Promise<void> {
  const folder = dirname(files.disk);
  for (const file of await readdir(folder)) if (file.endsWith('.qcow2')) await giveFile(join(folder, file), name);
}

/**
 * Takes over a machine that runs. Throws a Fault and leaves the machine as it was found: whoever swept labs of dead servers would
 * end it.
 */
export async function takeOverMachine(options: TakeOverOptions): Promise<MachineRun> {
  const process = findQemu(options.identity, options.logPath);
  try {
    const hands = await takeInHand(process, options);
    const stack = new AsyncDisposableStack();
    stack.use(process);
    stack.use(hands);
    return buildRun(process, hands, stack);
  } catch (error) {
    process.letGo();
    throw error;
  }
}

/** What holds a machine: its control connection and its networks. */
interface Hands extends Disposable {
  readonly qmp: Qmp;
}

async function takeInHand(
  process: QemuProcess,
  options: Omit<TakeOverOptions, 'identity' | 'logPath'>,
): Promise<Hands> {
  using stack = new DisposableStack();
  const { socketFolder, signal } = options;
  const failure = new AbortController();
  void process.whenEnded.then(() => failure.abort(failedToStart(process)));
  const either = AbortSignal.any([signal, failure.signal]);
  const networks = stack.use(createMachineNetworks(options));
  const reached = openQmp(join(socketFolder, socketNames.qmp), { signal: either, connectTimeoutMs: controlTimeoutMs });
  const qmp = stack.use(await reached.catch((error: unknown) => throwLastWords(error, process, signal)));
  // Before the guest runs: a link that comes up later would make NetworkManager start over.
  await networks.whenPlugged;
  const owned = stack.move();
  return { qmp, [Symbol.dispose]: () => owned.dispose() };
}

function buildRun(process: QemuProcess, hands: Hands, owned: AsyncDisposableStack): MachineRun {
  const letGo = () => {
    hands[Symbol.dispose]();
    process.letGo();
  };
  return { process, qmp: hands.qmp, letGo, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/**
 * Makes a disk that holds only what differs from another one, for the machine of that name. Of the other one nothing but the size is
 * read: what a machine wrote there is not for this server to understand.
 */
export async function createOverlay(path: string, backing: string, name: string): Promise<void> {
  const failed = (cause: unknown) => {
    throw new Fault('lab-start-failed', { detail: 'qemu-img create' }, { cause });
  };
  const size = await readDiskSize(backing).catch(failed);
  const args = ['create', '-q', '-f', 'qcow2', '-u', '-b', backing, '-F', 'qcow2', path, String(size)];
  await run('qemu-img', args, { env: { PATH: programPath } }).catch(failed);
  await giveFile(path, name);
}

const qcow2 = { magic: 0x514649fb, sizeAt: 24, headBytes: 32 } as const;

/** The size of a qcow2 disk as the guest sees it. */
async function readDiskSize(path: string): Promise<bigint> {
  await using file = await open(path, 'r');
  const { buffer } = await file.read(Buffer.alloc(qcow2.headBytes), 0, qcow2.headBytes, 0);
  if (buffer.readUInt32BE(0) !== qcow2.magic) throw new Error(`${path} is no qcow2 disk`);
  return buffer.readBigUInt64BE(qcow2.sizeAt);
}

/** Throws: a control connection that broke is told by what QEMU said when it went, which takes it a moment. */
export async function throwLastWords(error: unknown, process: QemuProcess, signal: AbortSignal): Promise<never> {
  signal.throwIfAborted();
  await Promise.race([process.whenEnded, delay(goodbyeMs)]);
  throw process.isRunning ? error : failedToStart(process);
}

function failedToStart(process: QemuProcess): Fault {
  return new Fault('lab-start-failed', { detail: process.lastWords() || 'QEMU' });
}
