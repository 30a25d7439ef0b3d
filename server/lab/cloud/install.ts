/**
 * Boots a cloud image once, lets it install what labs need, and waits until it has switched itself off.
 * Knows nothing about where the image comes from or what becomes of its disk.
 */
import { open, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Fault } from '../../../src/faults.ts';
import { poll } from '../../host/wait.ts';
import { parseStep } from '../guest/build-image.ts';
import type { Waiting } from '../lab.ts';
import { closeFolders, giveFile, letIn, makeFileFor, takeBack } from '../qemu/confinement.ts';
import type { Accelerator } from '../qemu/machine.ts';
import { type QemuProcess, startQemu } from '../qemu/qemu-process.ts';
import { buildInstallArguments, type InstallMachine } from './install-machine.ts';

/** What is run, and what a failure is told with. */
export interface InstallOptions {
  readonly program: string;
  readonly machine: Omit<InstallMachine, 'accelerator'>;
  /** The image as it was published, upon which the machine's disk lies. */
  readonly beneath: string;
  /** Whether hardware virtualisation is tried first. */
  readonly mayUseKvm: boolean;
  /** The image, as people know it. */
  readonly name: string;
  readonly minutes: number;
  /** QEMU's own words. */
  readonly qemuLog: string;
}

const booting = { ko: '클라우드 이미지를 처음 켜는 중', en: 'Booting the cloud image once' } as const;
const lookMs = 500;
/** A boot loader and a kernel under hardware virtualisation say something within seconds. */
const signOfLifeMs = 60_000;
/** Of what the guest says; it says some hundred bytes. */
const maxWordsBytes = 65_536;

/** Does it. Throws a Fault; the machine is gone either way. */
export async function installIntoImage(options: InstallOptions, waiting: Waiting): Promise<void> {
  const deadline = AbortSignal.timeout(options.minutes * 60_000);
  const signal = AbortSignal.any([waiting.signal, deadline]);
  waiting.onProgress({ label: booting, fraction: 0 });
  await using stack = new AsyncDisposableStack();
  try {
    await makeReady(options);
    const process = stack.use(await start(options, signal));
    const words = await follow(process, options.machine.files.progress, { ...waiting, signal });
    requireDone(words, process, options);
    await takeBack(dirname(options.machine.files.disk), 0o700);
  } catch (error) {
    waiting.signal.throwIfAborted();
    if (!deadline.aborted) throw error;
    const { name, minutes } = options;
    throw new Fault('cloud-install-timeout', { name, minutes, log: options.machine.files.serial }, { cause: error });
  }
}

/** It makes no file itself: those that it writes are there, and it sees the others. */
async function makeReady({ machine, beneath }: InstallOptions): Promise<void> {
  const { name, files } = machine;
  const folders = [dirname(files.disk)];
  const seed = ['meta-data', 'user-data'].map((file) => join(files.seed, file));
  await letIn({ name, folders, files: [files.seed, ...seed, beneath] });
  await closeFolders({ name, folders });
  await giveFile(files.disk, name);
  for (const path of [files.serial, files.progress, files.export]) {
    await rm(path, { force: true });
    await makeFileFor(path, name);
  }
}

/** Where a device for hardware virtualisation can be opened but runs no guest, the machine is emulated in software. */
async function start(options: InstallOptions, signal: AbortSignal): Promise<QemuProcess> {
  const { machine, beneath } = options;
  const folder = dirname(machine.files.disk);
  // The cache: `<cache>/cloud/<image>.partial`.
  const ours = [dirname(dirname(folder))];
  const seen = { name: machine.name, folders: [folder], files: [machine.files.serial, beneath], ours };
  const run = (accelerator: Accelerator) =>
    startQemu({
      program: options.program,
      args: buildInstallArguments({ ...machine, accelerator }),
      needs: { ...seen, hasNetwork: true, hasKvm: accelerator === 'kvm' },
      logPath: options.qemuLog,
    });
  if (!options.mayUseKvm) return run('tcg');
  await using stack = new AsyncDisposableStack();
  const process = stack.use(await run('kvm'));
  const ask = async () =>
    (await hasSpoken(options.machine.files.serial)) ? true : process.isRunning ? undefined : false;
  if (await poll(ask, { signal, timeoutMs: signOfLifeMs, everyMs: lookMs })) {
    stack.move();
    return process;
  }
  await stack.disposeAsync();
  return run('tcg');
}

async function hasSpoken(serial: string): Promise<boolean> {
  return stat(serial).then(
    ({ size }) => size > 0,
    () => false,
  );
}

/** Passes the guest's progress on until the machine is off. Answers with all that it said. */
async function follow(process: QemuProcess, path: string, { signal, onProgress }: Waiting): Promise<readonly string[]> {
  let told = 0;
  for (;;) {
    const isOver = !process.isRunning;
    const words = await readWords(path);
    for (const line of words.slice(told)) {
      const progress = parseStep(line);
      if (progress !== undefined) onProgress(progress);
    }
    told = Math.max(told, words.length);
    if (isOver) return words;
    await delay(lookMs, undefined, { signal });
  }
}

/** The whole lines that are there. */
async function readWords(path: string): Promise<readonly string[]> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return [];
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(maxWordsBytes), 0, maxWordsBytes, 0);
    return buffer.toString('utf8', 0, bytesRead).split('\n').slice(0, -1);
  } finally {
    await file.close();
  }
}

function requireDone(words: readonly string[], process: QemuProcess, { name, machine }: InstallOptions): void {
  if (words.includes('@done')) return;
  const failed = words.find((line) => line.startsWith('@failed '))?.slice('@failed '.length, 300);
  const detail = failed ?? (process.lastWords() || 'the machine went off before its end');
  throw new Fault('cloud-install-failed', { name, detail, log: machine.files.serial });
}
