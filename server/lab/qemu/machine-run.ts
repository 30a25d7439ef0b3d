/**
 * A machine that runs: the process, its control connection, its networks and its guest agent's wire, taken down together.
 * Knows nothing about templates, keys or terminals.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Addresses } from '../../../src/course/addresses.ts';
import { Fault } from '../../../src/faults.ts';
import type { ProcessIdentity } from '../../host/processes.ts';
import { programPath } from '../../host/programs.ts';
import { buildMachineArguments, type MachineOptions, socketNames } from './machine.ts';
import { createMachineNetworks } from './machine-networks.ts';
import { type QemuProcess, startQemu } from './qemu-process.ts';
import { openQmp, type Qmp } from './qmp.ts';

/** What runs. */
export interface MachineRun extends AsyncDisposable {
  readonly process: QemuProcess;
  readonly qmp: Qmp;
}

/** How a machine is run. */
export interface RunMachineOptions {
  readonly machine: MachineOptions;
  readonly addresses: Addresses;
  readonly logPath: string;
  /** The frozen state, for a machine that resumes. */
  readonly statePath?: string;
  readonly signal: AbortSignal;
  readonly onTrouble: (sentence: string) => void;
  /** Told as soon as there is a process. */
  readonly onProcess?: (identity: ProcessIdentity) => Promise<void>;
}

/** Starting a process and reaching its control socket: milliseconds, but the host may be very busy. */
const controlTimeoutMs = 30_000;
/** From a broken control connection to the end of the process, ms. */
const goodbyeMs = 2_000;
const run = promisify(execFile);

/** Starts the process and plugs its networks in. Throws a Fault and leaves nothing running. */
export async function runMachine(options: RunMachineOptions): Promise<MachineRun> {
  await using stack = new AsyncDisposableStack();
  const { machine, signal } = options;
  const args = buildMachineArguments(machine);
  const descriptor3 = options.statePath === undefined ? {} : { descriptor3: options.statePath };
  const process = stack.use(
    await startQemu({ program: machine.shape.program, args, logPath: options.logPath, ...descriptor3 }),
  );
  await options.onProcess?.(process.identity);
  const failure = new AbortController();
  void process.whenEnded.then(() => failure.abort(failedToStart(process)));
  const either = AbortSignal.any([signal, failure.signal]);
  const { socketFolder, internetSubnet } = machine;
  const hasInternet = internetSubnet !== undefined;
  const networks = stack.use(createMachineNetworks({ ...options, socketFolder, hasInternet }));
  const reached = openQmp(join(socketFolder, socketNames.qmp), { signal: either, connectTimeoutMs: controlTimeoutMs });
  const qmp = stack.use(await reached.catch((error: unknown) => explain(error, process, signal)));
  // Before the guest runs: a link that comes up later would make NetworkManager start over.
  await networks.whenPlugged;
  const owned = stack.move();
  return { process, qmp, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** Makes a disk that holds only what differs from another one. */
export async function createOverlay(path: string, backing: string): Promise<void> {
  await run('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', backing, '-F', 'qcow2', path], {
    env: { PATH: programPath },
  }).catch((cause: unknown) => {
    throw new Fault('lab-start-failed', { detail: 'qemu-img create' }, { cause });
  });
}

/** A control connection that broke is told by what QEMU said when it went, which takes it a moment. */
async function explain(error: unknown, process: QemuProcess, signal: AbortSignal): Promise<never> {
  signal.throwIfAborted();
  await Promise.race([process.whenEnded, delay(goodbyeMs)]);
  throw process.isRunning ? error : failedToStart(process);
}

function failedToStart(process: QemuProcess): Fault {
  return new Fault('lab-start-failed', { detail: process.lastWords() || 'QEMU' });
}
