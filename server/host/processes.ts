/**
 * Processes of this host by number and birth: a number alone may belong to somebody else by now.
 * Knows nothing about what the processes are.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { poll } from './wait.ts';

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Boot of the host and clock ticks since then at which the process began. */
  readonly birth: string;
}

const killTimeoutMs = 10_000;

/** The identity of a running process; `undefined` when there is none. A zombie counts as none. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return { pid, birth: `${bootId()}/${fields[19]}` };
  } catch {
    return undefined;
  }
}

/** Whether that very process still runs. */
export function isRunning({ pid, birth }: ProcessIdentity): boolean {
  return identifyProcess(pid)?.birth === birth;
}

/** Kills that very process and waits until it is gone. */
export async function killProcess(identity: ProcessIdentity): Promise<void> {
  if (!isRunning(identity)) return;
  try {
    process.kill(identity.pid, 'SIGKILL');
  } catch {
    return; // It ended meanwhile.
  }
  const { signal } = new AbortController();
  await poll(() => (isRunning(identity) ? undefined : true), { signal, timeoutMs: killTimeoutMs, everyMs: 10 });
}

/** Processes that have exactly `argument` on their command line. */
export function findProcessesByArgument(argument: string): ProcessIdentity[] {
  return findProcesses('cmdline', argument);
}

/** Processes of this user that were started with exactly this `NAME=value` in their environment. */
export function findProcessesByVariable(variable: string): ProcessIdentity[] {
  return findProcesses('environ', variable);
}

function findProcesses(list: 'cmdline' | 'environ', word: string): ProcessIdentity[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && wordsOf(name, list).includes(word))
    .map((name) => identifyProcess(Number(name)))
    .filter((identity) => identity !== undefined);
}

function wordsOf(pid: string, list: 'cmdline' | 'environ'): string[] {
  try {
    return readFileSync(`/proc/${pid}/${list}`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
}
