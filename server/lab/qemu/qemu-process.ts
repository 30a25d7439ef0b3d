/**
 * One QEMU process: started or found running, watched, ended or let go. Knows nothing about what runs in it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { Fault } from '../../../src/faults.ts';
import { identifyProcess, isRunning, killProcess, type ProcessIdentity } from '../../host/processes.ts';
import { programPath } from '../../host/programs.ts';
import { confine, type Needs } from './confinement.ts';
import { noQemu } from './host.ts';

/** A running QEMU. Disposing kills it and waits for its end. */
export interface QemuProcess extends AsyncDisposable {
  readonly identity: ProcessIdentity;
  readonly isRunning: boolean;
  /** Settles when it has ended, for whatever reason. */
  readonly whenEnded: Promise<void>;
  /** What it said on standard error, at most the last few hundred bytes. */
  lastWords(): string;
  /** Watches it no longer; it runs on, whatever becomes of this process. */
  letGo(): void;
}

/** How QEMU is started. */
export interface StartQemuOptions {
  readonly program: string;
  readonly args: readonly string[];
  /** All that it gets to see where the server is root. */
  readonly needs: Needs;
  /** Standard error goes here. */
  readonly logPath: string;
  /** A file that QEMU finds open for reading as descriptor 3. */
  readonly descriptor3?: string;
}

/** Starts QEMU. Throws a Fault when the program cannot be started at all. */
export async function startQemu(options: StartQemuOptions): Promise<QemuProcess> {
  const { file, args, descriptor4 } = await confine(options.program, options.args, options.needs);
  const log = openSync(options.logPath, 'w', 0o600);
  const extras: (number | 'ignore')[] = [];
  try {
    for (const path of [options.descriptor3, descriptor4])
      extras.push(path === undefined ? 'ignore' : openSync(path, 'r'));
    // A process group of its own: Ctrl-C on our terminal must not reach the labs before we have said goodbye.
    const child = spawn(file, args, {
      detached: true,
      stdio: ['ignore', 'ignore', log, ...extras],
      env: { PATH: programPath },
    });
    return new ChildQemu(child, await started(child, options.program), options.logPath);
  } finally {
    for (const descriptor of [log, ...extras]) if (descriptor !== 'ignore') closeSync(descriptor);
  }
}

/** A QEMU that another process of ours started. Throws Fault `lab-lost` when it does not run any more. */
export function findQemu(identity: ProcessIdentity, logPath: string): QemuProcess {
  if (!isRunning(identity)) throw new Fault('lab-lost');
  return new FoundQemu(identity, logPath);
}

function started(child: ChildProcess, program: string): Promise<ProcessIdentity> {
  return new Promise((resolve, reject) => {
    child.once('spawn', () => {
      const pid = child.pid ?? 0;
      resolve(identifyProcess(pid) ?? { pid, birth: 'ended at once' });
    });
    child.once('error', (cause) => reject(noQemu(program, cause)));
  });
}

class ChildQemu implements QemuProcess {
  readonly identity: ProcessIdentity;
  readonly whenEnded: Promise<void>;
  readonly #child: ChildProcess;
  readonly #logPath: string;

  constructor(child: ChildProcess, identity: ProcessIdentity, logPath: string) {
    this.#child = child;
    this.identity = identity;
    this.#logPath = logPath;
    this.whenEnded = this.isRunning ? new Promise((resolve) => child.once('exit', () => resolve())) : Promise.resolve();
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  lastWords(): string {
    return readLastWords(this.#logPath);
  }

  letGo(): void {
    this.#child.unref();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // It is our child and not yet waited for, so the number is still its own.
    if (this.isRunning) this.#child.kill('SIGKILL');
    await this.whenEnded;
  }
}

class FoundQemu implements QemuProcess {
  readonly identity: ProcessIdentity;
  readonly whenEnded: Promise<void>;
  readonly #logPath: string;
  #timer: NodeJS.Timeout | undefined;

  constructor(identity: ProcessIdentity, logPath: string) {
    this.identity = identity;
    this.#logPath = logPath;
    this.whenEnded = new Promise((resolve) => {
      this.#timer = setInterval(() => {
        if (this.isRunning) return;
        this.letGo();
        resolve();
      }, lookMs);
    });
  }

  get isRunning(): boolean {
    return isRunning(this.identity);
  }

  lastWords(): string {
    return readLastWords(this.#logPath);
  }

  letGo(): void {
    clearInterval(this.#timer);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await killProcess(this.identity);
    await this.whenEnded;
  }
}

/** Nobody tells us of the end of a process that is not our child, ms. */
const lookMs = 250;

function readLastWords(logPath: string): string {
  try {
    return readFileSync(logPath, 'utf8').trim().slice(-400);
  } catch {
    return '';
  }
}
