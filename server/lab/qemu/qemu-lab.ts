/**
 * One running lab: a clone of the template with its own keys, its terminal path and its emergency path; made here, or taken
 * over from an earlier server.
 * Knows nothing about how templates are made, nor about other labs.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Capability } from '../../../src/course/capabilities.ts';
import { Fault, toFault } from '../../../src/faults.ts';
import { findProcessesByArgument, killProcess, type ProcessIdentity } from '../../host/processes.ts';
import { ConsoleLab, startWithin } from '../console-lab.ts';
import { createLabKeys, type LabKeyFiles, type LabKeys, labKeyFiles } from '../guest/lab-keys.ts';
import type { Claim, ExecOptions, ExecResult, Lab, MachineChoice, Waiting } from '../lab.ts';
import type { SshConnection } from '../openssh/ssh-connection.ts';
import { controlPathIn, removeRunFolder } from '../run-folder.ts';
import { agentExec } from './agent-exec.ts';
import { type CheckpointList, loadCheckpoints } from './checkpoint-list.ts';
import { Checkpoints } from './checkpoints.ts';
import { claimMachine } from './claim.ts';
import { type CloneOptions, cloneTemplate, type RunningClone, requireRunning, takeOverClone } from './clone.ts';
import { openConsole } from './console.ts';
import { watchDiskLimit } from './disk-limit.ts';
import { watchForRoom } from './host-disk.ts';
import { madeOfNote } from './made-of.ts';
import { standBy } from './stand-by.ts';

/** What a lab is made from. */
export interface QemuLabOptions extends CloneOptions {
  readonly capabilities: ReadonlySet<Capability>;
  readonly machine: MachineChoice;
  /** Told once when the lab has ended and left nothing behind, whether disposed or lost. */
  readonly onEnd: (lab: Lab) => void;
}

/** From the claim to a lab that can be used. Quiet machines take two seconds. */
const startTimeoutSeconds = 120;
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
  const { template, shape, addresses, allowInternet, machine } = options;
  const of = [...machine.of];
  const madeOf = { template, shape, addresses, allowInternet, machine: { ...machine, of } };
  await madeOfNote.write(options.run.path, { ...madeOf, capabilities: [...options.capabilities] });
  return new QemuLab(options, parts, stack.move());
}

/** Takes over the lab of an earlier server, whose machine runs as `identity`. Throws a Fault and leaves it as it was found. */
export async function takeOverQemuLab(
  options: QemuLabOptions,
  identity: ProcessIdentity,
  signal: AbortSignal,
): Promise<Lab> {
  const { run } = options;
  const clone = await takeOverClone(options, identity, signal);
  try {
    // The earlier server's connection would hold the only place on the wire.
    for (const left of findProcessesByArgument(controlPathIn(run.record.sockets))) await killProcess(left);
    const checkpoints = await loadCheckpoints(run.path, clone.machine.qmp);
    const stack = new AsyncDisposableStack();
    stack.defer(() => removeRunFolder(run.path, run.record));
    const current = hold(clone, stack);
    const ssh = connect(options, labKeyFiles(run.path), stack);
    // Terminals and checks come at once. A student who broke the path has the lab all the same.
    await ssh.whenUp({ signal, timeoutMs: terminalTimeoutMs }).catch(() => false);
    return new QemuLab(options, Object.assign(current, { ssh, checkpoints }), stack);
  } catch (error) {
    clone.letGo();
    throw error;
  }
}

interface Parts {
  /** The machine that the lab is now: another one after it was put back to a checkpoint. */
  clone: RunningClone;
  readonly ssh: SshConnection;
  /** What an earlier server kept. */
  readonly checkpoints?: CheckpointList;
}

async function startParts(options: QemuLabOptions, waiting: Waiting, stack: AsyncDisposableStack): Promise<Parts> {
  const { run, log } = options;
  const { signal, onProgress } = waiting;
  const startedAt = performance.now();
  const since = () => Math.round(performance.now() - startedAt);
  onProgress({ label: labels.wake, fraction: 0.05 });
  const [keys, clone] = await settleBoth(createLabKeys(run.path), cloneTemplate(options, signal));
  const current = hold(clone, stack);
  const agentMs = since();
  onProgress({ label: labels.claim, fraction: 0.3 });
  await claimMachine(clone.agent, keys, { signal });
  const claimedMs = since();
  onProgress({ label: labels.connect, fraction: 0.6 });
  const ssh = connect(options, keys, stack);
  if (!(await ssh.whenUp({ signal, timeoutMs: startTimeoutSeconds * 1000 }))) requireRunning(clone.machine);
  log('lab ready', { lab: run.record.id, agentMs, claimedMs, readyMs: since() });
  return Object.assign(current, { ssh });
}

/** The stack ends the machine, whichever the lab is by then. */
function hold(clone: RunningClone, stack: AsyncDisposableStack): { clone: RunningClone } {
  const current = { clone };
  stack.defer(() => current.clone[Symbol.asyncDispose]());
  return current;
}

/** Starts the terminal path. */
function connect({ run, log }: QemuLabOptions, keys: LabKeyFiles, stack: AsyncDisposableStack): SshConnection {
  const ssh = stack.use(openConsole(run.record.sockets, keys));
  ssh.onState((state) => {
    if (state === 'down') log('lab terminal path lost', { lab: run.record.id, complaint: ssh.complaint });
  });
  return ssh;
}

/** Both, or the first failure after both have ended, so that nothing goes on behind our back. */
async function settleBoth(keys: Promise<LabKeys>, clone: Promise<RunningClone>): Promise<[LabKeys, RunningClone]> {
  const [madeKeys, started] = await Promise.allSettled([keys, clone]);
  if (started.status === 'rejected') throw started.reason;
  if (madeKeys.status === 'fulfilled') return [madeKeys.value, started.value];
  await started.value[Symbol.asyncDispose]();
  throw madeKeys.reason;
}

class QemuLab extends ConsoleLab {
  readonly machine: MachineChoice;
  readonly checkpoints: Checkpoints;
  readonly #options: QemuLabOptions;
  readonly #parts: Parts;
  readonly #standstillListeners = new Set<(fault: Fault | undefined) => void>();
  #isReplacing = false;
  #standstill: Fault | undefined;

  constructor(options: QemuLabOptions, parts: Parts, stack: AsyncDisposableStack) {
    const { run, capabilities, onEnd } = options;
    const { id } = run.record;
    const noteFolder = run.path;
    const returnTimeoutMs = terminalTimeoutMs;
    super({ kind: 'qemu', id, capabilities, onEnd, noteFolder, stack, ssh: parts.ssh, returnTimeoutMs });
    this.machine = options.machine;
    this.#options = options;
    this.#parts = parts;
    const replace = (make: (signal: AbortSignal) => Promise<RunningClone>, waiting: Waiting) =>
      this.#replace(make, waiting);
    this.checkpoints = new Checkpoints({ options, clone: () => parts.clone, replace }, parts.checkpoints);
    this.#watch(parts.clone);
    const { diskMb, log } = options;
    watchDiskLimit({ id, folder: run.path, diskMb, log, signal: this.endSignal }, () =>
      this.lose(new Fault('lab-disk-limit', { limitMb: diskMb })),
    );
  }

  onStandstill(listener: (fault: Fault | undefined) => void): Disposable {
    this.#standstillListeners.add(listener);
    const fault = this.#standstill;
    if (fault !== undefined) queueMicrotask(() => listener(fault));
    return { [Symbol.dispose]: () => void this.#standstillListeners.delete(listener) };
  }

  async exec(script: string, options: ExecOptions): Promise<ExecResult> {
    options.signal.throwIfAborted();
    if (this.#standstill) return { kind: 'unreachable', fault: this.#standstill };
    if (this.endSignal.aborted) return { kind: 'unreachable', fault: this.fault('lab-lost') };
    const result = await this.#parts.ssh.exec(script, options);
    if (result.kind === 'not-started') return agentExec(this.#parts.clone.agent, script, options);
    // It may have run in part: running it again could do harm.
    if (result.kind === 'lost') return { kind: 'unreachable', fault: this.fault('lab-unreachable', result.reason) };
    return result;
  }

  standBy(): Promise<Claim> {
    const { clone, ssh } = this.#parts;
    return standBy({ run: this.#options.run, machine: clone.machine, agent: clone.agent, ssh });
  }

  leave(): Promise<void> {
    return this.leaveBy(async () => {
      // A checkpoint half kept would leave the machine stopped.
      await this.checkpoints.settled();
      this.#parts.clone.letGo();
    });
  }

  #watch(clone: RunningClone): void {
    const { qmp, process } = clone.machine;
    // The guest begins anew: sshd cannot tell us, the wire stays connected.
    qmp.onEvent((name) => {
      if (name === 'RESET') void this.#handleReset();
    });
    const onStandstill = (fault: Fault | undefined) => {
      this.#standstill = fault;
      this.#options.log(fault ? 'host disk full, lab stands still' : 'lab goes on', { lab: this.id });
      for (const listener of [...this.#standstillListeners]) listener(fault);
    };
    watchForRoom({ qmp, folder: this.#options.run.path, onStandstill, signal: this.endSignal });
    void process.whenEnded.then(() => {
      if (this.#parts.clone === clone && !this.#isReplacing) this.lose(new Fault('lab-lost'));
    });
  }

  async #replace(make: (signal: AbortSignal) => Promise<RunningClone>, waiting: Waiting): Promise<void> {
    const { ssh, clone } = this.#parts;
    this.#isReplacing = true;
    try {
      // Nobody opens a terminal on the machine that goes.
      ssh.reconnect();
      await clone[Symbol.asyncDispose]();
      const next = await startWithin(startTimeoutSeconds, { waiting, log: 'server.log' }, ({ signal }) =>
        make(AbortSignal.any([signal, this.endSignal])),
      );
      this.#parts.clone = next;
      // Whoever ended the lab meanwhile did not see it.
      if (this.endSignal.aborted) await next[Symbol.asyncDispose]();
      this.endSignal.throwIfAborted();
      this.#watch(next);
      ssh.reconnect();
      const signal = AbortSignal.any([waiting.signal, this.endSignal]);
      if (!(await ssh.whenUp({ signal, timeoutMs: startTimeoutSeconds * 1000 }))) throw this.fault('lab-unreachable');
    } catch (error) {
      this.lose(toFault(error));
      throw error;
    } finally {
      this.#isReplacing = false;
    }
  }

  /**
   * What ssh says before the guest listens is lost, and it would wait for an answer until its time is over. The agent's
   * first answer tells that the guest is back.
   */
  async #handleReset(): Promise<void> {
    const { ssh, clone } = this.#parts;
    const { agent } = clone;
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
