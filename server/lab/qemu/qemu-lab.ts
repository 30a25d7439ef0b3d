/**
 * One running lab: a clone of the template with its own keys, its terminal path and its emergency path.
 * Knows nothing about how templates are made, nor about other labs.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Addresses } from '../../../src/course/addresses.ts';
import type { Capability } from '../../../src/course/capabilities.ts';
import { Fault } from '../../../src/faults.ts';
import { ConsoleLab, startWithin } from '../console-lab.ts';
import { consoleHostName, createLabKeys, type LabKeys } from '../guest/lab-keys.ts';
import type { Claim, ExecOptions, ExecResult, Lab, MachineChoice, Waiting } from '../lab.ts';
import { openSshConnection, type SshConnection } from '../openssh/ssh-connection.ts';
import { controlPathIn, type RunFolder, removeRunFolder, writeRecord } from '../run-folder.ts';
import { agentExec } from './agent-exec.ts';
import { claimMachine } from './claim.ts';
import { type GuestAgent, openGuestAgent } from './guest-agent.ts';
import { type MachineShape, socketNames } from './machine.ts';
import { createOverlay, type MachineRun, runMachine } from './machine-run.ts';
import { resumeMachine } from './resume-machine.ts';
import { standBy } from './stand-by.ts';
import type { Template } from './template.ts';

/** What a lab is made from. */
export interface QemuLabOptions {
  readonly template: Template;
  readonly shape: MachineShape;
  readonly addresses: Addresses;
  readonly allowInternet: boolean;
  readonly capabilities: ReadonlySet<Capability>;
  readonly machine: MachineChoice;
  readonly run: RunFolder;
  /** Told once when the lab has ended and left nothing behind, whether disposed or lost. */
  readonly onEnd: (lab: Lab) => void;
  readonly log: (message: string, details?: Readonly<Record<string, unknown>>) => void;
}

/** From the claim to a lab that can be used. Quiet machines take two seconds. */
const startTimeoutSeconds = 120;
/** One attempt to log in on the terminal path. */
const connectTimeoutSeconds = 30;
/** How long a terminal is waited for while the path is being restored, e.g. while the student's machine reboots, ms. */
const terminalTimeoutMs = 20_000;

/** How long a machine that reboots is watched, ms. */
const rebootTimeoutMs = 600_000;

const labels = {
  wake: { ko: '실습 VM을 깨우는 중', en: 'Waking the lab VM' },
  claim: { ko: '실습 VM을 나만의 것으로 만드는 중', en: 'Making the lab VM yours' },
  connect: { ko: '터미널을 연결하는 중', en: 'Connecting the terminal' },
} as const;

/** Starts a lab. Throws a Fault and leaves nothing behind. */
export async function startQemuLab(options: QemuLabOptions, waiting: Waiting): Promise<Lab> {
  await using stack = new AsyncDisposableStack();
  stack.defer(() => removeRunFolder(options.run.path, options.run.record));
  const start = (either: Waiting) => startParts(options, either, stack);
  const parts = await startWithin(startTimeoutSeconds, { waiting, log: 'server.log' }, start);
  return new QemuLab(options, parts, stack.move());
}

interface Parts {
  readonly machine: MachineRun;
  readonly agent: GuestAgent;
  readonly ssh: SshConnection;
}

async function startParts(options: QemuLabOptions, waiting: Waiting, stack: AsyncDisposableStack): Promise<Parts> {
  const { run, log } = options;
  const { signal, onProgress } = waiting;
  const startedAt = performance.now();
  const since = () => Math.round(performance.now() - startedAt);
  onProgress({ label: labels.wake, fraction: 0.05 });
  const [keys, machine] = await settleBoth(createLabKeys(run.path), startClone(options, signal), stack);
  await resumeMachine(machine.qmp, signal);
  const resumedMs = since();
  onProgress({ label: labels.claim, fraction: 0.3 });
  const agent = stack.use(await openAgent(options, signal));
  while (!(await agent.isAnswering({ signal, timeoutMs: 2_000 }))) requireRunning(machine);
  const agentMs = since();
  await claimMachine(agent, keys, { signal });
  const claimedMs = since();
  onProgress({ label: labels.connect, fraction: 0.6 });
  const ssh = stack.use(openConsole(options, keys));
  ssh.onState((state) => {
    if (state === 'down') log('lab terminal path lost', { lab: run.record.id, complaint: ssh.complaint });
  });
  if (!(await ssh.whenUp({ signal, timeoutMs: startTimeoutSeconds * 1000 }))) requireRunning(machine);
  log('lab ready', { lab: run.record.id, resumedMs, agentMs, claimedMs, readyMs: since() });
  return { machine, agent, ssh };
}

/** Both, or the first failure after both have ended, so that nothing goes on behind our back. */
async function settleBoth(
  keys: Promise<LabKeys>,
  machine: Promise<MachineRun>,
  stack: AsyncDisposableStack,
): Promise<[LabKeys, MachineRun]> {
  const [madeKeys, started] = await Promise.allSettled([keys, machine]);
  if (started.status === 'rejected') throw started.reason;
  stack.use(started.value);
  if (madeKeys.status === 'rejected') throw madeKeys.reason;
  return [madeKeys.value, started.value];
}

async function startClone(options: QemuLabOptions, signal: AbortSignal): Promise<MachineRun> {
  const { template, shape, addresses, allowInternet, run, log } = options;
  const disk = join(run.path, 'disk.qcow2');
  await createOverlay(disk, template.disk);
  return runMachine({
    machine: {
      shape,
      files: { kernel: template.image.kernel, initrd: template.image.initrd, disk, ram: template.ram },
      name: run.record.machine,
      socketFolder: run.record.sockets,
      start: 'resume',
      ...(allowInternet && { internetSubnet: addresses.subnet }),
    },
    addresses,
    logPath: join(run.path, 'qemu.log'),
    statePath: template.state,
    signal,
    onTrouble: (sentence) => log('lab network', { lab: run.record.id, sentence }),
    onProcess: (process) => writeRecord({ path: run.path, record: { ...run.record, process } }),
  });
}

function openAgent({ run }: QemuLabOptions, signal: AbortSignal): Promise<GuestAgent> {
  return openGuestAgent(join(run.record.sockets, socketNames.agent), { signal, connectTimeoutMs: 10_000 });
}

function openConsole({ run }: QemuLabOptions, keys: LabKeys): SshConnection {
  const { sockets } = run.record;
  return openSshConnection({
    target: {
      host: consoleHostName,
      user: 'root',
      // Relative to ssh's working folder, so that no character of the data path reaches a shell.
      proxyCommand: `socat - UNIX-CONNECT:${socketNames.console}`,
      identityFile: keys.clientFile,
      knownHostsFile: keys.knownHostsFile,
    },
    controlPath: controlPathIn(sockets),
    folder: sockets,
    connectTimeoutSeconds,
  });
}

function requireRunning({ process }: MachineRun): void {
  if (!process.isRunning) throw new Fault('lab-start-failed', { detail: process.lastWords() || 'QEMU' });
}

class QemuLab extends ConsoleLab {
  readonly machine: MachineChoice;
  readonly #run: RunFolder;
  readonly #parts: Parts;

  constructor({ run, capabilities, machine, onEnd }: QemuLabOptions, parts: Parts, stack: AsyncDisposableStack) {
    const { id } = run.record;
    super({ kind: 'qemu', id, capabilities, onEnd, stack, ssh: parts.ssh, returnTimeoutMs: terminalTimeoutMs });
    this.machine = machine;
    this.#run = run;
    this.#parts = parts;
    // The guest begins anew: sshd cannot tell us, the wire stays connected.
    parts.machine.qmp.onEvent((name) => {
      if (name === 'RESET') void this.#handleReset();
    });
    void parts.machine.process.whenEnded.then(() => this.lose(new Fault('lab-lost')));
  }

  async exec(script: string, options: ExecOptions): Promise<ExecResult> {
    options.signal.throwIfAborted();
    if (this.endSignal.aborted) return { kind: 'unreachable', fault: this.fault('lab-lost') };
    const result = await this.#parts.ssh.exec(script, options);
    if (result.kind === 'not-started') return agentExec(this.#parts.agent, script, options);
    // It may have run in part: running it again could do harm.
    if (result.kind === 'lost') return { kind: 'unreachable', fault: this.fault('lab-unreachable', result.reason) };
    return result;
  }

  standBy(): Promise<Claim> {
    return standBy({ run: this.#run, ...this.#parts });
  }

  /**
   * What ssh says before the guest listens is lost, and it would wait for an answer until its time is over. The agent's
   * first answer tells that the guest is back.
   */
  async #handleReset(): Promise<void> {
    const { ssh, agent } = this.#parts;
    const signal = this.endSignal;
    ssh.reconnect();
    const until = performance.now() + rebootTimeoutMs;
    try {
      while (!(await agent.isAnswering({ signal, timeoutMs: 2_000 }))) {
        if (performance.now() > until) return;
        await delay(500, undefined, { signal });
      }
      if (ssh.state !== 'up') ssh.reconnect();
    } catch {
      // The lab has ended.
    }
  }
}
