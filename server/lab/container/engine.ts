/**
 * Podman as this server uses it: a store of its own, so that the operator's containers and ours never meet, and a fixed
 * configuration. Knows nothing about labs.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { programPath } from '../../host/programs.ts';
import type { ControlGroups } from './control-groups.ts';

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

/** The engine. */
export interface Engine {
  /** Whether it runs without root. */
  readonly isRootless: boolean;
  /** How it is called; `lab` puts the process and all that it starts under that lab's limits. */
  command(args: readonly string[], lab?: string): Command;
  /** Runs a command to its end. Rejects only with the reason of the signal. */
  run(args: readonly string[], options: RunOptions): Promise<EngineAnswer>;
  /** Starts a command whose streams the caller looks after. */
  start(args: readonly string[], lab?: string): ChildProcess;
}

/** How a command is run. */
export interface RunOptions {
  readonly signal: AbortSignal;
  readonly lab?: string;
  readonly input?: Uint8Array;
  readonly timeoutMs?: number;
}

/** Where the engine keeps what. */
export interface EngineOptions {
  readonly program: string;
  readonly isRootless: boolean;
  /** Holds images and containers. */
  readonly storeFolder: string;
  /** Of the server's environment: HOME, XDG_RUNTIME_DIR, DBUS_SESSION_BUS_ADDRESS. */
  readonly environment: Readonly<Record<string, string>>;
  readonly groups: ControlGroups;
}

const defaultTimeoutMs = 120_000;
const maxOutputBytes = 16 * 1024 * 1024;
/** Nothing of the operator's own configuration: no mirrors, no hooks, no mounts. */
const configuration = `[engine]
events_logger = "none"
lock_type = "file"
[containers]
log_driver = "none"
`;

/** The engine refuses to work in a folder that has been removed, as the server's own may be. */
const cwd = '/';

/** Makes the engine; its folders are made when they are not there. */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { program, isRootless, storeFolder, environment, groups } = options;
  const runtime = join(
    isRootless ? (environment.XDG_RUNTIME_DIR ?? storeFolder) : '/run',
    `tadak-${nameOf(storeFolder)}`,
  );
  await mkdir(storeFolder, { recursive: true, mode: 0o700 });
  // The engine's database knows its runtime folder by name and works with no other: after a move it begins anew.
  const storage = `storage-${nameOf(runtime)}`;
  if (!isRootless) await removeOtherStorages(storeFolder, storage);
  const configurationFile = join(storeFolder, 'containers.conf');
  await writeFile(configurationFile, configuration, { mode: 0o600 });
  const env = { PATH: programPath, ...environment, CONTAINERS_CONF: configurationFile, LC_ALL: 'C.UTF-8' };
  const folders = [
    // Without a word about it an engine that is new to a user may choose to copy every layer for every lab.
    ...['--storage-driver', 'overlay'],
    '--root',
    join(storeFolder, storage),
    '--runroot',
    join(runtime, 'run'),
    '--tmpdir',
    join(runtime, 'tmp'),
  ];
  const command = (args: readonly string[], lab?: string): Command => {
    const [file = program, ...rest] = groups.wrap([program, ...folders, ...groups.engineArguments, ...args], lab);
    return { file, args: rest, env };
  };
  return {
    isRootless,
    command,
    run: (args, runOptions) => runCommand(command(args, runOptions.lab), runOptions),
    start: (args, lab) => {
      const { file, args: rest, env } = command(args, lab);
      return spawn(file, rest, { stdio: ['pipe', 'pipe', 'pipe'], env, cwd });
    },
  };
}

/** A short name for a folder: sockets below it must have short paths. */
function nameOf(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 8);
}

/** What a moved store left behind. Where it is still in use it stays. */
async function removeOtherStorages(storeFolder: string, own: string): Promise<void> {
  const names = await readdir(storeFolder);
  const others = names.filter((name) => name.startsWith('storage') && name !== own);
  await Promise.allSettled(others.map((name) => rm(join(storeFolder, name), { recursive: true })));
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
