/**
 * A machine that goes on from a frozen state, until its guest agent answers: from the template's, as every new lab, or from
 * a checkpoint's. Knows nothing about terminals and about who the lab belongs to.
 */
import { join } from 'node:path';
import type { Addresses } from '../../../src/course/addresses.ts';
import { Fault } from '../../../src/faults.ts';
import type { ProcessIdentity } from '../../host/processes.ts';
import { noteProcess, type RunFolder } from '../run-folder.ts';
import { refreshMachine } from './claim.ts';
import { type GuestAgent, openGuestAgent } from './guest-agent.ts';
import { type MachineShape, socketNames } from './machine.ts';
import { createOverlay, type MachineRun, runMachine, takeOverMachine, throwLastWords } from './machine-run.ts';
import { resumeMachine } from './resume-machine.ts';
import type { Template } from './template.ts';

/** What a clone is made from. */
export interface CloneOptions {
  readonly template: Template;
  readonly shape: MachineShape;
  readonly addresses: Addresses;
  readonly allowInternet: boolean;
  readonly run: RunFolder;
  /** What the lab may write, MB. */
  readonly diskMb: number;
  readonly log: (message: string, details?: Readonly<Record<string, unknown>>) => void;
}

/** Where a clone goes on from. */
export interface FrozenState {
  /** Disk that the clone's own lies upon. */
  readonly disk: string;
  /** State of everything but the memory. */
  readonly state: string;
  /** The clone's own disk, made here. */
  readonly ownDisk: string;
  /** Completes the memory of process `pid` before its devices are loaded. */
  readonly fillMemory?: (pid: number) => Promise<void>;
}

/** A machine whose guest agent answers. */
export interface RunningClone extends AsyncDisposable {
  readonly machine: MachineRun;
  readonly agent: GuestAgent;
  /** Takes the hands off the machine, which runs on. */
  letGo(): void;
}

const agentConnectTimeoutMs = 10_000;
const agentAnswerTimeoutMs = 2_000;
const refreshTimeoutMs = 15_000;

/** The disk of a lab that has not been put back yet. */
export function firstDisk({ path }: RunFolder): string {
  return join(path, 'disk.qcow2');
}

/** Goes on from the template. Throws a Fault and leaves nothing running. */
export function cloneTemplate(options: CloneOptions, signal: AbortSignal): Promise<RunningClone> {
  const { template, run } = options;
  const from = { disk: template.disk, state: template.state, ownDisk: firstDisk(run) };
  return startClone(options, from, signal);
}

/** Goes on from a frozen state. Throws a Fault and leaves nothing running. */
export async function startClone(options: CloneOptions, from: FrozenState, signal: AbortSignal): Promise<RunningClone> {
  await using stack = new AsyncDisposableStack();
  await createOverlay(from.ownDisk, from.disk, options.run.record.machine);
  const machine = stack.use(await runWith(options, from, signal));
  await from.fillMemory?.(machine.process.identity.pid);
  await resumeMachine(machine.qmp, signal).catch((error: unknown) => throwLastWords(error, machine.process, signal));
  const path = join(options.run.record.sockets, socketNames.agent);
  const agent = stack.use(await openGuestAgent(path, { signal, connectTimeoutMs: agentConnectTimeoutMs }));
  while (!(await agent.isAnswering({ signal, timeoutMs: agentAnswerTimeoutMs }))) requireRunning(machine);
  return buildClone(machine, agent, stack.move());
}

/**
 * Takes over a clone that another process of ours left running; its guest agent need not answer, since the student may have ended
 * it. Throws a Fault and leaves the machine as it was found.
 */
export async function takeOverClone(
  options: CloneOptions,
  identity: ProcessIdentity,
  signal: AbortSignal,
): Promise<RunningClone> {
  const { addresses, allowInternet: hasInternet, run } = options;
  const socketFolder = run.record.sockets;
  const files = { socketFolder, logPath: join(run.path, 'qemu.log') };
  const machine = await takeOverMachine({
    ...{ identity, addresses, hasInternet, signal, ...files },
    onTrouble: (sentence) => options.log('lab network', { lab: run.record.id, sentence }),
  });
  try {
    const hasStoodStill = await goOn(machine);
    const path = join(socketFolder, socketNames.agent);
    const agent = await openGuestAgent(path, { signal, connectTimeoutMs: agentConnectTimeoutMs });
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(refreshTimeoutMs)]);
    if (hasStoodStill) await refreshMachine(agent, { signal: inTime }).catch(() => undefined);
    const stack = new AsyncDisposableStack();
    stack.use(machine);
    stack.use(agent);
    return buildClone(machine, agent, stack);
  } catch (error) {
    machine.letGo();
    throw error;
  }
}

/** A server that dies while it keeps a checkpoint leaves the machine stopped. Answers whether it was. */
async function goOn({ qmp }: MachineRun): Promise<boolean> {
  const { status } = (await qmp.command('query-status')) as { readonly status?: string };
  const wasStopped = status === 'paused';
  if (wasStopped) await qmp.command('cont');
  else if (status !== 'running' && status !== 'io-error') throw new Fault('lab-lost', {}, { cause: status });
  return wasStopped;
}

function buildClone(machine: MachineRun, agent: GuestAgent, owned: AsyncDisposableStack): RunningClone {
  const letGo = () => {
    agent[Symbol.dispose]();
    machine.letGo();
  };
  return { machine, agent, letGo, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** Throws a Fault with the machine's last words when it has ended. */
export function requireRunning({ process }: MachineRun): void {
  if (!process.isRunning) throw new Fault('lab-start-failed', { detail: process.lastWords() || 'QEMU' });
}

function runWith(options: CloneOptions, from: FrozenState, signal: AbortSignal): Promise<MachineRun> {
  const { template, shape, addresses, allowInternet, run, log } = options;
  const { kernel, initrd } = template.image;
  return runMachine({
    machine: {
      shape,
      files: { kernel, initrd, disk: from.ownDisk, ram: template.ram },
      name: run.record.machine,
      socketFolder: run.record.sockets,
      start: 'resume',
      ...(allowInternet && { internetSubnet: addresses.subnet }),
    },
    beneath: [template.disk, template.image.disk],
    addresses,
    logPath: join(run.path, 'qemu.log'),
    statePath: from.state,
    signal,
    onTrouble: (sentence) => log('lab network', { lab: run.record.id, sentence }),
    onProcess: (process) => noteProcess(run, process),
  });
}
