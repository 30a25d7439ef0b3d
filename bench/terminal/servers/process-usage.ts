/**
 * CPU time and memory of a process, as the kernel counts them: the same for every server whatever it is
 * written in, and without its children. Linux only.
 */
import { readFileSync } from 'node:fs';

/** Fields of `/proc/<pid>/stat` after the program's name, counted from the state. */
const statFields = { userTicks: 11, systemTicks: 12 } as const;
/** `sysconf(_SC_CLK_TCK)` on every Linux that Node runs on. */
const ticksPerSecond = 100;

/** CPU seconds that the process has used, in all its threads. Throws when it is gone. */
export function readCpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[statFields.userTicks]) + Number(fields[statFields.systemTicks]);
  return ticks / ticksPerSecond;
}

/** Resident memory of the process, bytes. Throws when it is gone. */
export function readRssBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024;
}
