/**
 * Boots a guest, warms it up and freezes it into a folder: RAM file, disk overlay, device state.
 * Knows nothing about where templates are kept.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Addresses } from '../../../src/course/addresses.ts';
import type { Localized } from '../../../src/course/locales.ts';
import type { Machine } from '../../../src/course/machines.ts';
import { Fault } from '../../../src/faults.ts';
import { waitFor } from '../../host/wait.ts';
import type { LabImage } from '../guest/image.ts';
import type { Waiting } from '../lab.ts';
import { socketFolderFor } from '../run-folder.ts';
import { giveFile, takeBack } from './confinement.ts';
import { type GuestAgent, openGuestAgent } from './guest-agent.ts';
import { type MachineShape, socketNames } from './machine.ts';
import { createOverlay, type MachineRun, runMachine } from './machine-run.ts';
import { receiveState } from './receive-state.ts';
import { noteMaker } from './template-sockets.ts';

/** What shapes a template. */
export interface TemplateOptions {
  readonly cacheFolder: string;
  readonly image: LabImage;
  readonly qemuVersion: string;
  readonly shape: MachineShape;
  readonly addresses: Addresses;
  /** What the learner is told that is being made; what makes the difference is in `shape`. */
  readonly machine: Machine;
  readonly allowInternet: boolean;
  /** For booting and warming up together. */
  readonly bootTimeoutSeconds?: number;
  readonly log: (message: string, details?: Readonly<Record<string, unknown>>) => void;
}

/** What is frozen and where to. */
export interface FreezeOptions extends TemplateOptions {
  /** Exists and is empty. */
  readonly folder: string;
}

/** How long the parts took, seconds. */
export interface FreezeTimings {
  readonly bootSeconds: number;
  readonly warmUpSeconds: number;
}

/** The name of the machine that becomes the template in `folder`, by which one is found that outlived its server. */
export function templateMachine(folder: string): string {
  return `tadak-template ${folder}`;
}

/** Booting and warming up take two minutes in software emulation on a quiet machine, ten and more on a very busy one. */
const defaultBootTimeoutSeconds = 1_200;
const warmUpProgram = '/usr/lib/tadak/warm-up';
/** Between the agent's wire being unplugged and the freeze, so that the guest has noticed, ms. */
const unplugMs = 1_000;

/** A part of the work: its share of the progress and how long it usually takes, for the bar moves by the clock within it. */
interface Phase {
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
  readonly label: Localized;
}

/** The first boot, by machine: with SELinux every file gets its label then. */
const boots: Readonly<Record<Machine, Phase>> = {
  usual: { from: 0, to: 0.35, seconds: 40, label: { ko: '실습 VM을 처음 켜는 중', en: 'Booting the lab VM once' } },
  selinux: {
    from: 0,
    to: 0.35,
    seconds: 70,
    label: {
      ko: '이 레슨의 SELinux 실습 VM을 처음 켜는 중 (처음 한 번만 몇 분 걸려요)',
      en: "Booting this lesson's VM with SELinux once (some minutes, the first time only)",
    },
  },
};

const phases = {
  warmUp: {
    from: 0.35,
    to: 0.95,
    seconds: 90,
    label: { ko: '실습 VM에 도커를 준비하는 중', en: 'Getting Docker ready in the lab VM' },
  },
  freeze: {
    from: 0.95,
    to: 1,
    seconds: 5,
    label: { ko: '준비된 상태를 저장하는 중', en: 'Saving the prepared state' },
  },
} as const satisfies Record<string, Phase>;

/** Does it. Throws a Fault; what it started is ended either way. */
export async function freezeTemplate(options: FreezeOptions, waiting: Waiting): Promise<FreezeTimings> {
  const seconds = options.bootTimeoutSeconds ?? defaultBootTimeoutSeconds;
  const deadline = AbortSignal.timeout(seconds * 1000);
  const signal = AbortSignal.any([waiting.signal, deadline]);
  await using stack = new AsyncDisposableStack();
  const sockets = await socketFolderFor(join(options.folder, 's'));
  await mkdir(sockets, { recursive: true, mode: 0o700 });
  stack.defer(() => rm(sockets, { recursive: true, force: true }));
  await noteMaker(sockets);
  const machine = stack.use(await boot(options, sockets, signal));
  try {
    const timings = await warmAndFreeze(machine, { options, sockets, signal, waiting });
    await takeBackFiles(options.folder);
    return timings;
  } catch (error) {
    const log = await keepLog(machine, options);
    waiting.signal.throwIfAborted();
    if (deadline.aborted) throw new Fault('lab-start-timeout', { seconds, log }, { cause: error });
    throw error;
  }
}

/** From now on nobody writes them, and every lab reads them. */
async function takeBackFiles(folder: string): Promise<void> {
  await takeBack(join(folder, 'ram'), 0o600);
  await takeBack(join(folder, 'disk.qcow2'), 0o644);
  await takeBack(folder, 0o700);
}

interface Freezing {
  readonly options: FreezeOptions;
  readonly sockets: string;
  readonly signal: AbortSignal;
  readonly waiting: Waiting;
}

async function boot(options: FreezeOptions, socketFolder: string, signal: AbortSignal): Promise<MachineRun> {
  const { folder, image, shape, addresses, allowInternet } = options;
  const disk = join(folder, 'disk.qcow2');
  const name = templateMachine(folder);
  await createOverlay(disk, image.disk, name);
  return runMachine({
    machine: {
      shape,
      files: { kernel: image.kernel, initrd: image.initrd, disk, ram: join(folder, 'ram') },
      name,
      socketFolder,
      start: 'boot',
      ...(allowInternet && { internetSubnet: addresses.subnet }),
    },
    beneath: [image.disk],
    addresses,
    logPath: join(folder, 'qemu.log'),
    signal,
    onTrouble: (sentence) => options.log('template network', { sentence }),
  });
}

async function warmAndFreeze(machine: MachineRun, freezing: Freezing): Promise<FreezeTimings> {
  const { options, sockets, signal, waiting } = freezing;
  const startedAt = performance.now();
  const booted = await during(boots[options.machine], waiting, async () => {
    const agent = await openGuestAgent(join(sockets, socketNames.agent), { signal, connectTimeoutMs: 10_000 });
    while (!(await agent.isAnswering({ signal, timeoutMs: 2_000 }))) requireRunning(machine);
    return { agent, atMs: performance.now() };
  });
  await during(phases.warmUp, waiting, () =>
    warmUp(booted.agent, freezing).finally(() => booted.agent[Symbol.dispose]()),
  );
  const warmAtMs = performance.now();
  await during(phases.freeze, waiting, () => freeze(machine, freezing));
  return { bootSeconds: seconds(booted.atMs - startedAt), warmUpSeconds: seconds(warmAtMs - booted.atMs) };
}

async function warmUp(agent: GuestAgent, { options, signal }: Freezing): Promise<void> {
  const { bootTimeoutSeconds = defaultBootTimeoutSeconds } = options;
  const result = await agent.run(warmUpProgram, options.allowInternet ? ['internet'] : [], {
    signal,
    timeoutMs: bootTimeoutSeconds * 1000,
  });
  if (result.kind !== 'exited') {
    const detail = result.kind === 'silent' ? result.reason : 'no end';
    throw new Fault('lab-start-failed', { detail: `warm-up: ${detail}` });
  }
  const said = `${result.stdout}${result.stderr}`.trim();
  options.log('lab template warm-up', { exitCode: result.exitCode, said: said.slice(-2_000) });
  if (result.exitCode === 0) return;
  throw new Fault('lab-start-failed', { detail: `warm-up: ${said.split('\n').at(-1) ?? ''}` });
}

async function freeze({ qmp, process }: MachineRun, { options, sockets, signal }: Freezing): Promise<void> {
  const path = join(sockets, 'mig');
  using receiver = await receiveState(path, join(options.folder, 'state'));
  await giveFile(path, templateMachine(options.folder));
  await delay(unplugMs, undefined, { signal });
  await qmp.command('stop');
  await qmp.command('migrate-set-capabilities', { capabilities: [{ capability: 'x-ignore-shared', state: true }] });
  await qmp.command('migrate-set-parameters', { 'max-bandwidth': 10 ** 10 });
  await qmp.command('migrate', { uri: `unix:${path}` });
  for (;;) {
    const answer = (await qmp.command('query-migrate')) as { readonly status?: string; readonly 'error-desc'?: string };
    if (answer.status === 'completed') break;
    if (answer.status === 'failed')
      throw new Fault('lab-start-failed', { detail: `migrate: ${answer['error-desc'] ?? ''}` });
    await delay(50, undefined, { signal });
  }
  await waitFor(receiver.whenReceived, signal);
  await qmp.command('quit').catch(() => undefined); // It may be gone before it answers.
  await process.whenEnded;
}

/** Runs a phase while its progress moves by the clock, slower and slower towards the phase's end. */
async function during<T>(phase: Phase, { onProgress }: Waiting, task: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const report = () => {
    const done = 1 - Math.exp(-(performance.now() - startedAt) / 1000 / phase.seconds);
    onProgress({ label: phase.label, fraction: phase.from + (phase.to - phase.from) * done });
  };
  report();
  const timer = setInterval(report, 1_000);
  return task().finally(() => clearInterval(timer));
}

/** Keeps what the machine last said beside the templates, for whoever looks into the failure. */
async function keepLog({ qmp, process }: MachineRun, { folder }: FreezeOptions): Promise<string> {
  const path = join(folder, '..', '.last-failure.log');
  const serial = await qmp
    .command('ringbuf-read', { device: 'serial', size: 65_536, format: 'base64' })
    .catch(() => '');
  const text = Buffer.from(String(serial), 'base64').toString('utf8');
  await writeFile(path, `${process.lastWords()}\n--- serial console ---\n${text}\n`, { mode: 0o600 });
  return path;
}

function requireRunning({ process }: MachineRun): void {
  if (!process.isRunning) throw new Fault('lab-start-failed', { detail: process.lastWords() || 'QEMU' });
}

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
