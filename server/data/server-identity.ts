/**
 * Which server process something belongs to: number and time of birth, since numbers are used again.
 * Knows nothing about what belongs to it.
 */
import { readFileSync } from 'node:fs';

/** The identity of process `pid`, e.g. `4711-889012`; `undefined` when there is no such process. */
export function serverIdentity(pid: number = process.pid): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // Field 22, the start time; the name in field 2 may hold spaces and brackets.
    const birth = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${pid}-${birth}`;
  } catch {
    return undefined;
  }
}

/** Whether the server of this identity still runs. */
export function isServerAlive(identity: string): boolean {
  const pid = Number(/^(\d+)-/.exec(identity)?.[1]);
  return Number.isSafeInteger(pid) && serverIdentity(pid) === identity;
}
