/**
 * A lab's disk limit: what it has written is measured now and then, and a lab that went beyond is given up. One file alone can
 * never be larger than the limit; that the kernel sees to. Knows nothing about where the engine keeps what.
 */
import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { programPath } from '../../host/programs.ts';
import type { ContainerHost } from './container-host.ts';
import { containerName } from './run-arguments.ts';

/** Whose disk. */
export interface WatchDiskOptions {
  readonly host: ContainerHost;
  readonly id: string;
  readonly limits: { readonly diskMb: number };
}

const everyMs = 5_000;
const measureTimeoutMs = 60_000;
const run = promisify(execFile);

/** Watches; `onFull` is called once. */
export function watchDisk(options: WatchDiskOptions, onFull: () => void): Disposable {
  const end = new AbortController();
  void watch(options, end.signal, onFull).catch(() => undefined); // The lab has ended.
  return { [Symbol.dispose]: () => end.abort() };
}

/** What a running lab has written, MB. */
export async function measureContainerDiskMb(host: ContainerHost, id: string, signal: AbortSignal): Promise<number> {
  return measure(await measuringCommand(host, id, signal), signal);
}

async function watch({ host, id, limits }: WatchDiskOptions, signal: AbortSignal, onFull: () => void): Promise<void> {
  const command = await measuringCommand(host, id, signal);
  while (!signal.aborted) {
    const usedMb = await measure(command, signal);
    if (usedMb > limits.diskMb) return onFull();
    await delay(everyMs, undefined, { signal });
  }
}

async function measuringCommand(host: ContainerHost, id: string, signal: AbortSignal): Promise<readonly string[]> {
  const { pid, folders } = await findFolders(host, id, signal);
  // Without root the files belong to numbers that only the lab's own user namespace may look at.
  const enter = host.engine.isRootless ? ['nsenter', '-t', String(pid), '-U', '--preserve-credentials'] : [];
  return [...enter, 'nice', 'du', '-smxc', '--', ...folders];
}

/** The layer that the lab writes into, and its volumes. */
async function findFolders(
  { engine }: ContainerHost,
  id: string,
  signal: AbortSignal,
): Promise<{ readonly pid: number; readonly folders: readonly string[] }> {
  const format = '{{.State.Pid}}\n{{.GraphDriver.Data.UpperDir}}{{range .Mounts}}\n{{.Source}}{{end}}';
  const { stdout } = await engine.run(['inspect', '--format', format, containerName(id)], { signal });
  const [pid, ...folders] = stdout.trim().split('\n');
  return { pid: Number(pid), folders };
}

/** Megabytes; files that vanish meanwhile make `du` complain, its sum is good all the same. */
async function measure([file = 'du', ...args]: readonly string[], signal: AbortSignal): Promise<number> {
  const options = { signal, timeout: measureTimeoutMs, env: { PATH: programPath, LC_ALL: 'C' } };
  const stdout = await run(file, args, options).then(
    (result) => result.stdout,
    (error: { readonly stdout?: string }) => error.stdout ?? '',
  );
  return Number(/^(\d+)\ttotal$/m.exec(stdout)?.[1] ?? 0);
}
