/**
 * A container engine as this server uses it: its store is ours alone, so that the operator's containers and ours never meet.
 * What differs between engines is behind this door. Knows nothing about labs but that they have names.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { RunArgumentsOptions } from './run-arguments.ts';

/** Engines that there are. */
export type EngineName = 'podman' | 'docker';

/** A program to start. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What came of a command that ended. */
export interface EngineAnswer {
  readonly exitCode: number;
  readonly stdout: string;
  /** The last line of what it complained about. */
  readonly complaint: string;
}

/** The engine. Disposing ends what runs for all labs together, unless labs run on. */
export interface Engine extends AsyncDisposable {
  readonly name: EngineName;
  /** Whether it runs without root. */
  readonly isRootless: boolean;
  /** How it is called; `lab` puts the process and all that it starts under that lab's limits, where the engine does not. */
  command(args: readonly string[], lab?: string): Command;
  /** Runs a command to its end. Rejects with the reason of the signal, or a Fault when the engine is gone and does not come back. */
  run(args: readonly string[], options: RunOptions): Promise<EngineAnswer>;
  /** Starts a command whose streams the caller looks after. */
  start(args: readonly string[], lab?: string): ChildProcess;
  /** The arguments that start a lab. */
  runArguments(options: RunArgumentsOptions): readonly string[];
  /** Ends and removes a container with its volumes; answers whether it is gone, also when there was none. */
  remove(container: string): Promise<boolean>;
  /** A lab was started, `pid` is its first program: sees to what starting it did not. Throws a Fault when it must not run. */
  admit(lab: string, pid: number): Promise<void>;
  /** The way into a lab was lost: brings back what the engine needs for it. Throws a Fault. */
  wake(signal: AbortSignal): Promise<void>;
}

/** How a command is run. */
export interface RunOptions {
  readonly signal: AbortSignal;
  readonly lab?: string;
  readonly input?: Uint8Array;
  readonly timeoutMs?: number;
}

/** The part of an engine that is the same for all. */
export type EngineCommands = Pick<Engine, 'command' | 'run' | 'start'>;

/** How long removing a container may take, ms. */
export const removeTimeoutMs = 30_000;
const defaultTimeoutMs = 120_000;
const maxOutputBytes = 16 * 1024 * 1024;
/** The engine refuses to work in a folder that has been removed, as the server's own may be. */
const cwd = '/';

/** Makes the commands of an engine from how it is called. */
export function buildCommands(command: Engine['command']): EngineCommands {
  return {
    command,
    run: (args, options) => runCommand(command(args, options.lab), options),
    start: (args, lab) => {
      const { file, args: rest, env } = command(args, lab);
      return spawn(file, rest, { stdio: ['pipe', 'pipe', 'pipe'], env, cwd });
    },
  };
}

/** A short name for a folder: sockets below it must have short paths. */
export function shortNameOf(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 8);
}

function runCommand({ file, args, env }: Command, options: RunOptions): Promise<EngineAnswer> {
  const { signal, input, timeoutMs = defaultTimeoutMs } = options;
  const { promise, resolve, reject } = Promise.withResolvers<EngineAnswer>();
  const settings = { env, cwd, signal, timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: maxOutputBytes } as const;
  const child = execFile(file, [...args], settings, (error, stdout, stderr) => {
    if (signal.aborted) return reject(signal.reason);
    const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : 125;
    const complaint = stderr.trim().split('\n').at(-1) || (error?.message ?? '');
    resolve({ exitCode, stdout, complaint: complaint.slice(0, 300) });
  });
  child.stdin?.on('error', () => {}); // It ended first; its end says so.
  child.stdin?.end(input);
  return promise;
}
