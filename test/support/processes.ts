/** Whether processes of this machine run. */
import { readFileSync } from 'node:fs';

/** Whether a process runs; one that ended and was not collected by its parent yet does not. */
export function isRunning(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return !/^ [ZX]/.test(stat.slice(stat.lastIndexOf(')') + 1));
  } catch {
    return false;
  }
}
