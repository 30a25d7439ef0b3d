/**
 * A session: all that somebody started who opened one, whatever groups it was put in. Knows nothing about terminals and scripts.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** Sends a signal to every process whose session was opened by `leader`: an interactive shell gives each job a group of its own. */
export function signalSession(leader: number, signal: NodeJS.Signals): void {
  for (const pid of [leader, ...sessionMembers(leader)]) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended meanwhile.
    }
  }
}

function sessionMembers(leader: number): number[] {
  const members: number[] = [];
  for (const name of listProcesses()) {
    const pid = Number(name);
    if (Number.isInteger(pid) && pid !== leader && sessionOf(pid) === leader) members.push(pid);
  }
  return members;
}

function listProcesses(): string[] {
  try {
    return readdirSync('/proc');
  } catch {
    return []; // Not Linux: the leader alone is signalled, and the kernel hangs up its foreground job.
  }
}

/** The session a process is in, from `/proc/<pid>/stat`: the fourth field after the program's name. */
function sessionOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]);
  } catch {
    return undefined;
  }
}
