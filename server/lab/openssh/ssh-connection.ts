/**
 * One kept OpenSSH connection that many sessions share. When it is lost it comes back by itself, waiting longer each time.
 * Knows nothing about labs, nor about what is at the other end.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { access, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Fault } from '../../../src/faults.ts';
import type { TerminalSize } from '../../../src/protocol/terminal.ts';
import type { ExecOptions } from '../lab.ts';
import { spawnPty } from '../node-pty.ts';
import type { Pty } from '../pty.ts';
import { buildMasterArguments, buildTerminalArguments, type SshTarget } from './ssh-arguments.ts';
import { type SshExecResult, sshExec } from './ssh-exec.ts';
import { clientEnvironment } from './ssh-program.ts';

/** `down` waits before the next attempt; `closed` is for good. */
export type SshState = 'connecting' | 'up' | 'down' | 'closed';

/** How a connection is kept. */
export interface SshConnectionOptions {
  readonly target: SshTarget;
  /** Path of the shared socket, at most 90 bytes; made and removed here. */
  readonly controlPath: string;
  /** A private folder in which the ssh processes run. */
  readonly folder: string;
  /** Program that runs scripts as root: `bash` unless root is reached otherwise, e.g. `sudo -n bash`. */
  readonly bash?: string;
  /** How long one attempt may take. */
  readonly connectTimeoutSeconds: number;
  /** Added to the environment of the login, e.g. SSH_ASKPASS. */
  readonly env?: Readonly<Record<string, string>>;
  /** After a loss, or a failed attempt: try again? Default: yes, always. `complaint` is what ssh said. */
  readonly shouldRetry?: (complaint: string) => boolean;
}

/** A kept connection. Disposing ends it and its sessions. */
export interface SshConnection extends AsyncDisposable {
  readonly state: SshState;
  /** What ssh said when the last attempt or connection ended. */
  readonly complaint: string;
  /** True as soon as the connection is there; false when it did not come in time or is closed. */
  whenUp(options: { readonly signal: AbortSignal; readonly timeoutMs: number }): Promise<boolean>;
  exec(script: string, options: ExecOptions): Promise<SshExecResult>;
  /** A terminal with the login shell. Throws a Fault when there is no connection. */
  openPty(size: TerminalSize): Promise<Pty>;
  /** Drops the connection, if there is one, and connects at once: the other end is known to have begun anew. */
  reconnect(): void;
  /**
   * Holds still while the other end is known to be stopped, so that its silence does not count as a loss; `holdStill(false)` goes
   * on. Nothing may be asked of the connection meanwhile.
   */
  holdStill(isStill: boolean): void;
  onState(listener: (state: SshState) => void): Disposable;
}

const retryMs = { first: 100, last: 5_000 } as const;
const lookMs = 15;
const maxComplaintBytes = 4096;

/** Starts connecting in the background. */
export function openSshConnection(options: SshConnectionOptions): SshConnection {
  return new Connection(options);
}

class Connection implements SshConnection {
  state: SshState = 'connecting';
  complaint = '';
  readonly #options: SshConnectionOptions;
  readonly #close = new AbortController();
  readonly #listeners = new Set<(state: SshState) => void>();
  readonly #ended: Promise<void>;
  #master: ChildProcess | undefined;
  #retryNow = new AbortController();

  constructor(options: SshConnectionOptions) {
    this.#options = options;
    this.#ended = this.#keep();
  }

  async whenUp({ signal, timeoutMs }: { readonly signal: AbortSignal; readonly timeoutMs: number }): Promise<boolean> {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<boolean>();
    const settle = () => {
      if (this.state === 'up' || this.state === 'closed') resolve(this.state === 'up');
    };
    using _listening = this.onState(settle);
    settle();
    const timer = setTimeout(() => resolve(false), timeoutMs);
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    return await promise.finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    });
  }

  async exec(script: string, options: ExecOptions): Promise<SshExecResult> {
    options.signal.throwIfAborted();
    if (this.state !== 'up') return { kind: 'not-started', reason: this.complaint };
    const { target, controlPath, bash } = this.#options;
    return sshExec(script, { ...options, target, shared: { controlPath }, ...(bash !== undefined && { bash }) });
  }

  async openPty(size: TerminalSize): Promise<Pty> {
    if (this.state !== 'up') throw new Fault('lab-unreachable', {}, { cause: this.complaint });
    const { target, controlPath, folder } = this.#options;
    return spawnPty('ssh', buildTerminalArguments(target, { controlPath }), {
      size,
      env: clientEnvironment,
      cwd: folder,
    });
  }

  reconnect(): void {
    if (this.state === 'up') this.#become('down');
    if (this.#master !== undefined) killGroup(this.#master);
    this.#retryNow.abort();
  }

  holdStill(isStill: boolean): void {
    // Not its proxy: that one must notice the end of the wire whatever becomes of us.
    this.#master?.kill(isStill ? 'SIGSTOP' : 'SIGCONT');
  }

  onState(listener: (state: SshState) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#close.abort();
    await this.#ended;
  }

  /** Connects, again and again, until closed. */
  async #keep(): Promise<void> {
    let waitMs: number = retryMs.first;
    while (!this.#close.signal.aborted) {
      this.#become('connecting');
      const wasUp = await this.#connectOnce();
      if (this.#close.signal.aborted || this.#options.shouldRetry?.(this.complaint) === false) break;
      this.#become('down');
      waitMs = wasUp ? retryMs.first : Math.min(waitMs * 2, retryMs.last);
      await this.#pause(waitMs);
    }
    this.#become('closed');
  }

  /** One connection from its first attempt to its end. Answers whether it ever was up. */
  async #connectOnce(): Promise<boolean> {
    const { target, controlPath, folder, connectTimeoutSeconds, env } = this.#options;
    await rm(controlPath, { force: true });
    const args = buildMasterArguments(target, { controlPath }, connectTimeoutSeconds);
    // A group of its own: a proxy program is in it, and ends with it.
    const master = spawn('ssh', args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      cwd: folder,
      env: { ...clientEnvironment, ...env },
      detached: true,
    });
    this.#master = master;
    const kill = () => killGroup(master);
    this.#close.signal.addEventListener('abort', kill, { once: true });
    if (this.#close.signal.aborted) kill();
    const ended = this.#watch(master);
    const isUp = await this.#waitForSocket(ended);
    if (isUp) this.#become('up');
    await ended;
    killGroup(master);
    this.#close.signal.removeEventListener('abort', kill);
    await rm(controlPath, { force: true });
    return isUp;
  }

  #watch(master: ChildProcess): Promise<void> {
    let said = Buffer.alloc(0);
    master.stderr?.on('data', (chunk: Buffer) => {
      said = Buffer.concat([said, chunk]).subarray(-maxComplaintBytes);
    });
    return new Promise((resolve) => {
      const end = () => {
        this.complaint = said.toString('utf8').trim();
        resolve();
      };
      master.once('error', end);
      master.once('exit', end);
    });
  }

  /** ssh makes the shared socket after it has logged in. */
  async #waitForSocket(ended: Promise<void>): Promise<boolean> {
    let isOver = false;
    void ended.then(() => (isOver = true));
    while (!isOver) {
      if (await exists(this.#options.controlPath)) return true;
      await delay(lookMs);
    }
    return false;
  }

  #become(state: SshState): void {
    if (this.state === state) return;
    this.state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }

  async #pause(ms: number): Promise<void> {
    this.#retryNow = new AbortController();
    const signal = AbortSignal.any([this.#close.signal, this.#retryNow.signal]);
    await delay(ms, undefined, { signal }).catch(() => undefined);
  }
}

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left in the group.
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
