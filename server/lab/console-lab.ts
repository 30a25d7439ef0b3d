/**
 * What labs have in common whose terminals come over a kept SSH connection: terminals that end with the lab, and an end
 * that is told once. Knows nothing about what the machine is made of.
 */
import type { Capability } from '../../src/course/capabilities.ts';
import type { LabId } from '../../src/course/ids.ts';
import { Fault } from '../../src/faults.ts';
import type { TerminalSize } from '../../src/protocol/terminal.ts';
import type { ExecOptions, ExecResult, Lab, LabKind, Waiting } from './lab.ts';
import type { SshConnection } from './openssh/ssh-connection.ts';
import type { Pty } from './pty.ts';
import { removeReadyNote } from './ready-note.ts';

/** What such a lab is made of. */
export interface ConsoleLabOptions {
  readonly id: string;
  readonly kind: LabKind;
  readonly capabilities: ReadonlySet<Capability>;
  readonly ssh: SshConnection;
  /** How long a terminal is waited for while the connection is being restored, ms. */
  readonly returnTimeoutMs: number;
  /** Where its ready note is, which goes first when the lab ends. */
  readonly noteFolder: string;
  /** Everything that ends with the lab. */
  readonly stack: AsyncDisposableStack;
  /** Told once when the lab has ended, whether disposed or lost; what it left behind, if anything, is nobody's from now on. */
  readonly onEnd: (lab: Lab) => void;
}

/** A lab with its terminals and its end; how scripts run is its kind's business. */
export abstract class ConsoleLab implements Lab {
  readonly id: LabId;
  readonly kind: LabKind;
  readonly capabilities: ReadonlySet<Capability>;
  readonly #options: ConsoleLabOptions;
  readonly #ptys = new Set<Pty>();
  readonly #lostListeners = new Set<(fault: Fault) => void>();
  readonly #end = new AbortController();
  #lost: Fault | undefined;
  #disposing: Promise<void> | undefined;

  constructor(options: ConsoleLabOptions) {
    this.#options = options;
    this.id = options.id as LabId;
    this.kind = options.kind;
    this.capabilities = options.capabilities;
  }

  abstract exec(script: string, options: ExecOptions): Promise<ExecResult>;

  async openPty(size: TerminalSize, { signal }: { readonly signal: AbortSignal }): Promise<Pty> {
    if (this.endSignal.aborted) throw this.fault('lab-lost');
    const { ssh, returnTimeoutMs } = this.#options;
    const either = AbortSignal.any([signal, this.endSignal]);
    if (!(await ssh.whenUp({ signal: either, timeoutMs: returnTimeoutMs }))) throw this.fault('lab-unreachable');
    const pty = await ssh.openPty(size);
    this.#ptys.add(pty);
    pty.onExit(() => this.#ptys.delete(pty));
    return pty;
  }

  onLost(listener: (fault: Fault) => void): Disposable {
    const lost = this.#lost;
    if (lost !== undefined) queueMicrotask(() => listener(lost));
    else this.#lostListeners.add(listener);
    return { [Symbol.dispose]: () => void this.#lostListeners.delete(listener) };
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#disposing ??= this.#dispose();
    return this.#disposing;
  }

  /** Aborts when the lab ends, for whatever reason. */
  protected get endSignal(): AbortSignal {
    return this.#end.signal;
  }

  /** Why the lab was lost, if it was; otherwise `code`. */
  protected fault(code: 'lab-lost' | 'lab-unreachable', cause?: unknown): Fault {
    return this.#lost ?? new Fault(code, {}, { cause });
  }

  /** Ends the terminals and the path to them; `letGo` then lets go of the machine instead of ending it. */
  protected leaveBy(letGo: () => void | Promise<void>): Promise<void> {
    this.#disposing ??= this.#endTerminals()
      .then(() => this.#options.ssh[Symbol.asyncDispose]())
      .then(letGo);
    return this.#disposing;
  }

  /** The machine is gone for good: everything else ends, and whoever listens is told. */
  protected lose(fault: Fault): void {
    if (this.#disposing !== undefined) return;
    this.#lost = fault;
    const listeners = [...this.#lostListeners];
    void this[Symbol.asyncDispose]();
    for (const listener of listeners) listener(fault);
  }

  async #dispose(): Promise<void> {
    await removeReadyNote(this.#options.noteFolder).catch(() => undefined);
    try {
      await this.#endTerminals();
      await this.#options.stack.disposeAsync();
    } finally {
      this.#options.onEnd(this); // What could not be cleared is left to the next sweep.
    }
  }

  async #endTerminals(): Promise<void> {
    this.#lostListeners.clear();
    this.#end.abort(new Fault('lab-lost'));
    const exits = [...this.#ptys].map((pty) => new Promise<void>((resolve) => pty.onExit(() => resolve())));
    for (const pty of this.#ptys) pty.kill();
    await Promise.all(exits);
  }
}

/** Runs a lab's start under a deadline. Throws a Fault, `lab-start-timeout` when the time was over; `log` is for people. */
export async function startWithin<T>(
  seconds: number,
  { waiting, log }: { readonly waiting: Waiting; readonly log: string },
  start: (waiting: Waiting) => Promise<T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(seconds * 1000);
  try {
    return await start({ ...waiting, signal: AbortSignal.any([waiting.signal, deadline]) });
  } catch (error) {
    waiting.signal.throwIfAborted();
    if (!deadline.aborted) throw error;
    throw new Fault('lab-start-timeout', { seconds, log }, { cause: error });
  }
}
