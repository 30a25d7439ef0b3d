/**
 * Runs a bash script on this host in a session of its own, with a time limit and capped output.
 * Knows nothing about labs; the local one uses it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { Fault } from '../../src/faults.ts';
import { signalSession } from '../host/process-session.ts';
import type { ExecOptions, ExecResult } from './lab.ts';

/** How a script is run on the host. */
export interface RunScriptOptions extends ExecOptions {
  /** The whole environment: nothing is inherited from the server. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

const defaultMaxOutputBytes = 256 * 1024;
/** How long output is awaited after the script's end, ms: a daemon that it started may hold the pipe for ever. */
const outputGraceMs = 200;

type Ending = { readonly exitCode: number } | 'timed-out' | Fault;

/** Runs it; what it left running when it ended by itself runs on. Rejects only with the reason of the caller's signal. */
export async function runScript(script: string, options: RunScriptOptions): Promise<ExecResult> {
  options.signal.throwIfAborted();
  const startedAt = performance.now();
  // The script comes by standard input, so that it may be of any length; the script's own standard input is empty.
  const child = spawn('bash', ['-c', 'eval "$(cat)" </dev/null'], {
    cwd: options.cwd,
    env: { ...options.env },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const maxBytes = options.maxOutputBytes ?? defaultMaxOutputBytes;
  const stdout = collect(child.stdout, maxBytes);
  const stderr = collect(child.stderr, maxBytes);
  child.stdin.on('error', () => {}); // It ended before all of the script was read.
  child.stdin.end(script);
  const ending = await waitForEnd(child, options).finally(() => closeOutput(child));
  await Promise.all([stdout.ended, stderr.ended]);
  const streams = { stdout: stdout.text(), stderr: stderr.text() };
  if (ending instanceof Fault) return { kind: 'unreachable', fault: ending };
  if (ending === 'timed-out') return { kind: 'timed-out', afterMs: options.timeoutMs, ...streams };
  const truncated = stdout.isTruncated() || stderr.isTruncated();
  return { kind: 'exited', ...ending, ...streams, truncated, durationMs: performance.now() - startedAt };
}

function waitForEnd(child: ChildProcess, { signal, timeoutMs }: RunScriptOptions): Promise<Ending> {
  const { promise, resolve, reject } = Promise.withResolvers<Ending>();
  const abort = () => {
    reject(signal.reason);
    killSession(child);
  };
  const timer = setTimeout(() => {
    resolve('timed-out');
    killSession(child);
  }, timeoutMs);
  signal.addEventListener('abort', abort, { once: true });
  child.once('error', (cause) => resolve(new Fault('lab-unreachable', {}, { cause })));
  child.once('exit', (code, name) => resolve({ exitCode: code ?? 128 + (name ? constants.signals[name] : 0) }));
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  });
}

function killSession({ pid }: ChildProcess): void {
  if (pid !== undefined) signalSession(pid, 'SIGKILL');
}

function closeOutput(child: ChildProcess): void {
  setTimeout(() => {
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, outputGraceMs).unref();
}

/** Keeps the first `maxBytes` of a stream and reads the rest away, so that the script never blocks on it. */
function collect(stream: Readable, maxBytes: number) {
  const chunks: Buffer[] = [];
  let keptBytes = 0;
  let truncated = false;
  stream.on('data', (chunk: Buffer) => {
    const kept = chunk.subarray(0, maxBytes - keptBytes);
    truncated ||= kept.length < chunk.length;
    keptBytes += kept.length;
    if (kept.length > 0) chunks.push(kept);
  });
  const ended = new Promise<void>((resolve) => stream.once('close', resolve));
  return {
    ended,
    // A character that the cut goes through is left out.
    text: () => new TextDecoder().decode(Buffer.concat(chunks), { stream: truncated }),
    isTruncated: () => truncated,
  };
}
