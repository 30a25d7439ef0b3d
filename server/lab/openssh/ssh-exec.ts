/**
 * Runs a script over a kept connection: one ssh session, one bash, its end or its death. Knows nothing about labs.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { ExecOptions, ExecResult } from '../lab.ts';
import { createMarkedStream, type MarkedStream } from './marked-stream.ts';
import { buildRemoteScript, buildShellCommand, type RemoteScript } from './remote-script.ts';
import { buildCommandArguments, type SharedBy, type SshTarget } from './ssh-arguments.ts';
import { clientEnvironment } from './ssh-program.ts';

/** What came of it. */
export type SshExecResult =
  | Exclude<ExecResult, { kind: 'unreachable' }>
  /** The script never began: it may be tried another way. */
  | { readonly kind: 'not-started'; readonly reason: string }
  /** The connection was lost while the script ran: nobody knows how far it came. */
  | { readonly kind: 'lost'; readonly reason: string };

/** Where and how a script runs. */
export interface SshExecOptions extends ExecOptions {
  readonly target: SshTarget;
  readonly shared: SharedBy;
  /** `bash`, or what becomes root first, e.g. `sudo -n bash`. */
  readonly bash?: string;
}

const defaultMaxOutputBytes = 256 * 1024;
/** How long the other side may take to kill a script, ms. The session is then cut. */
const killGraceMs = 3_000;
/** How long the second stream's closing mark may come after the first's, ms. A script can close a stream. */
const closingGraceMs = 300;
/** How long the other side's bash may take to say that it is there, ms. A dead connection is not always known to be dead. */
const helloTimeoutMs = 12_000;
const markBytes = 16;

/** Runs it. Rejects only with the reason of the caller's signal. */
export async function sshExec(script: string, options: SshExecOptions): Promise<SshExecResult> {
  options.signal.throwIfAborted();
  const startedAt = performance.now();
  const remote = buildRemoteScript(script, randomBytes(markBytes).toString('hex'));
  const session = new Session(remote, options);
  const ending = await session.end;
  const streams = { stdout: session.stdout.text(), stderr: session.stderr.text() };
  if (ending === 'aborted') throw options.signal.reason;
  if (ending === 'timed-out') return { kind: 'timed-out', afterMs: options.timeoutMs, ...streams };
  if (ending === 'cut') return { kind: session.hasStarted ? 'lost' : 'not-started', reason: session.complaint() };
  const truncated = session.stdout.isTruncated || session.stderr.isTruncated;
  return { kind: 'exited', exitCode: ending, ...streams, truncated, durationMs: performance.now() - startedAt };
}

type Ending = number | 'timed-out' | 'aborted' | 'cut';

class Session {
  readonly stdout: MarkedStream;
  readonly stderr: MarkedStream;
  readonly end: Promise<Ending>;
  readonly #child: ChildProcess;
  readonly #input: Buffer;
  /** Whether the script was sent; if not, it is certain not to run. */
  hasStarted = false;
  #complaint = Buffer.alloc(0);
  #settle!: (ending: Ending) => void;
  #stopping: 'timed-out' | 'aborted' | undefined;
  #closingTimer: NodeJS.Timeout | undefined;

  constructor(remote: RemoteScript, options: SshExecOptions) {
    const maxBytes = options.maxOutputBytes ?? defaultMaxOutputBytes;
    this.stdout = createMarkedStream(remote.mark, maxBytes);
    this.stderr = createMarkedStream(remote.mark, maxBytes);
    this.#input = remote.input;
    const command = buildShellCommand(remote, options.bash ?? 'bash');
    this.#child = spawn('ssh', buildCommandArguments(options.target, options.shared, command), {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: clientEnvironment,
    });
    this.end = this.#watch(options);
    this.#child.stdin?.on('error', () => {}); // The session ended first; its end says so.
  }

  /** What ssh said before the script began. */
  complaint(): string {
    return this.#complaint.toString('utf8').trim().slice(0, 300);
  }

  async #watch({ signal, timeoutMs }: ExecOptions): Promise<Ending> {
    const { promise, resolve } = Promise.withResolvers<Ending>();
    this.#settle = resolve;
    const child = this.#child;
    child.stdout?.on('data', (chunk: Buffer) => this.#handle(this.stdout, chunk));
    child.stderr?.on('data', (chunk: Buffer) => {
      if (!this.stderr.hasStarted && this.#complaint.length < 1024)
        this.#complaint = Buffer.concat([this.#complaint, chunk]);
      this.#handle(this.stderr, chunk);
    });
    child.on('error', () => resolve('cut'));
    child.on('close', () => resolve(this.#stopping ?? this.#exitCode() ?? 'cut'));
    const timer = setTimeout(() => this.#stop('timed-out'), timeoutMs);
    const silence = setTimeout(() => this.hasStarted || resolve('cut'), helloTimeoutMs);
    const abort = () => this.#stop('aborted');
    signal.addEventListener('abort', abort, { once: true });
    return promise.finally(() => {
      clearTimeout(timer);
      clearTimeout(silence);
      clearTimeout(this.#closingTimer);
      signal.removeEventListener('abort', abort);
      child.kill('SIGKILL');
    });
  }

  #handle(stream: MarkedStream, chunk: Buffer): void {
    stream.push(chunk);
    if (stream.hasStarted) this.#send();
    if (stream.exitCode === undefined || this.#stopping !== undefined) return;
    if (this.stdout.exitCode !== undefined && this.stderr.exitCode !== undefined) this.#settle(stream.exitCode);
    else this.#closingTimer ??= setTimeout(() => this.#settle(this.#exitCode() ?? 'cut'), closingGraceMs);
  }

  #send(): void {
    if (this.hasStarted || this.#stopping !== undefined) return;
    this.hasStarted = true;
    this.#child.stdin?.write(this.#input);
  }

  #exitCode(): number | undefined {
    return this.stdout.exitCode ?? this.stderr.exitCode;
  }

  /** Ends the other side's standard input, upon which it kills the script; then waits for the session to end. */
  #stop(ending: 'timed-out' | 'aborted'): void {
    this.#stopping ??= ending;
    this.#child.stdin?.end();
    setTimeout(() => this.#settle(ending), killGraceMs).unref();
  }
}
