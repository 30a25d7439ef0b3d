/**
 * A lab's disk limit: what it has written is measured now and then, and a lab that went beyond is given up. One file alone can
 * never be larger than the limit; that the kernel sees to. A look that fails is told and tried again: nothing is ever taken for
 * an empty disk. Knows nothing about where the engine keeps what.
 */
import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { programPath } from '../../host/programs.ts';
import type { ContainerHost } from './container-host.ts';
import { containerName } from './run-arguments.ts';

/** Whose disk. */
export interface WatchDiskOptions {
  readonly host: Pick<ContainerHost, 'engine'>;
  readonly id: string;
  readonly limits: { readonly diskMb: number };
  readonly log: (message: string, details?: Readonly<Record<string, unknown>>) => void;
  /** Other than usual, in tests. */
  readonly pace?: Pace;
}

/** How often is looked, and how long the first look may take; the next one after one that took too long has twice the time. */
export interface Pace {
  readonly everyMs: number;
  readonly measureMs: number;
}

const usualPace: Pace = { everyMs: 5_000, measureMs: 60_000 };
/** A disk with so many files that this is too little is a busy host's: the log says so again and again. */
const longestMeasureMs = 600_000;
const run = promisify(execFile);

/** Watches; `onFull` is called once. */
export function watchDisk(options: WatchDiskOptions, onFull: () => void): Disposable {
  const end = new AbortController();
  void waitUntilFull(options, end.signal).then(onFull, () => undefined); // Only the lab's end ends the watch before that.
  return { [Symbol.dispose]: () => end.abort() };
}

/** What a running lab has written, MB. Throws when it cannot be told. */
export async function measureContainerDiskMb(
  host: Pick<ContainerHost, 'engine'>,
  id: string,
  signal: AbortSignal,
  timeoutMs = usualPace.measureMs,
): Promise<number> {
  return measure(await findMeasuring(host, id, signal), { signal, timeout: timeoutMs });
}

/** Resolves when the lab is beyond its limit; rejects with the reason of the signal. */
async function waitUntilFull(options: WatchDiskOptions, signal: AbortSignal): Promise<void> {
  const { host, id, limits, log, pace = usualPace } = options;
  let { measureMs } = pace;
  let measuring: Measuring | undefined;
  for (let failures = 0; ; ) {
    try {
      measuring ??= await findMeasuring(host, id, signal);
      if ((await measure(measuring, { signal, timeout: measureMs })) > limits.diskMb) return;
      if (failures > 0) log('lab disk is measured again', { lab: id, failures });
      failures = 0;
    } catch (thrown) {
      signal.throwIfAborted();
      failures += 1;
      measuring = undefined; // What was known about the container may be old.
      if (thrown instanceof TooSlow) measureMs = Math.min(2 * measureMs, longestMeasureMs);
      // A failure that lasts is told at the first, second, fourth … time.
      if (Number.isInteger(Math.log2(failures)))
        log('lab disk could not be measured', { lab: id, failures, cause: String(thrown) });
    }
    await delay(pace.everyMs, undefined, { signal });
  }
}

/** Measuring did not end in time. */
class TooSlow extends Error {}

/** What is measured, and how one gets to where it can be seen. */
interface Measuring {
  readonly enter: readonly string[];
  /** The layer that the lab writes into, and its volumes. */
  readonly folders: readonly string[];
}

async function findMeasuring(
  { engine }: Pick<ContainerHost, 'engine'>,
  id: string,
  signal: AbortSignal,
): Promise<Measuring> {
  const format = '{{.State.Pid}}\n{{.GraphDriver.Data.UpperDir}}{{range .Mounts}}\n{{.Source}}{{end}}';
  const answer = await engine.run(['inspect', '--format', format, containerName(id)], { signal });
  const [pid = '', ...folders] = answer.stdout.trim().split('\n');
  const isWhole = /^[1-9]\d*$/.test(pid) && folders.length > 0 && folders.every((folder) => folder.startsWith('/'));
  if (answer.exitCode !== 0 || !isWhole) throw new Error(`inspect: ${answer.complaint || answer.stdout.slice(0, 300)}`);
  // Without root the files belong to numbers that only the lab's own user namespace may look at.
  return { enter: engine.isRootless ? ['nsenter', '-t', pid, '-U', '--preserve-credentials'] : [], folders };
}

/** Megabytes; files that vanish meanwhile make `du` complain, its sum is good all the same. */
async function measure(
  { enter, folders }: Measuring,
  options: { readonly signal: AbortSignal; readonly timeout: number },
): Promise<number> {
  const env = { PATH: programPath, LC_ALL: 'C' };
  const [file = 'nice', ...args] = [...enter, 'nice', 'du', '-smxc', '--', ...folders];
  const { stdout, failure } = await run(file, args, { ...options, env, killSignal: 'SIGKILL' }).then(
    (result) => ({ stdout: result.stdout, failure: undefined }),
    (error: Error & { readonly stdout?: string; readonly killed?: boolean }) => ({
      ...{ stdout: error.stdout ?? '', failure: error },
    }),
  );
  const total = /^(\d+)\ttotal$/m.exec(stdout)?.[1];
  // A folder that could not be looked at has no line of its own, and counts as nothing in the sum.
  const isWhole = folders.every((folder) => stdout.includes(`\t${folder}\n`));
  if (total !== undefined && isWhole) return Number(total);
  if (failure?.killed === true) throw new TooSlow(`du: not within ${options.timeout} ms`);
  throw failure ?? new Error(`du: ${stdout.slice(0, 300)}`);
}
