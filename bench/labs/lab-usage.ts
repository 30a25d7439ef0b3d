/**
 * What a lab takes of this machine: the processes that are there because of it, their memory and processor time, and the
 * disk that its folder fills. Knows nothing about what labs are made of.
 */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly line: string;
}

/** Clock ticks a second, as Linux tells them to programs. */
const ticksPerSecond = 100;
const bytesPerBlock = 512;

/** Processes with one of `marks` on their command line, and everything below them. */
export function processesOf(marks: readonly string[]): readonly number[] {
  const all = listProcesses();
  const found = new Set(
    all
      .filter(({ line, pid }) => pid !== process.pid && marks.some((mark) => line.includes(mark)))
      .map(({ pid }) => pid),
  );
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}

/** Their memory in MB, what is shared counted in parts (PSS). One that has ended, or may not be looked at, counts nothing. */
export function memoryMb(pids: readonly number[]): number {
  const kilobytes = pids.map((pid) => Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0));
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1024;
}

/** Seconds of processor time that they have taken. */
export function processorSeconds(pids: readonly number[]): number {
  const ticks = pids.map((pid) => {
    const fields = fieldsOf(read(`/proc/${pid}/stat`));
    return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  });
  return ticks.reduce((sum, each) => sum + each, 0) / ticksPerSecond;
}

/** What the files below a folder take on the disk, MB. */
export function diskMb(path: string): number {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  const own = (stat.blocks * bytesPerBlock) / 2 ** 20;
  if (!stat.isDirectory()) return own;
  return readdirSync(path).reduce((sum, name) => sum + diskMb(join(path, name)), own);
}

/** Memory that programs may still have, MB. */
export function availableMb(): number {
  return Number(/^MemAvailable:\s+(\d+) kB/m.exec(read('/proc/meminfo'))?.[1] ?? 0) / 1024;
}

function listProcesses(): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({
      pid: Number(name),
      parent: Number(fieldsOf(read(`/proc/${name}/stat`))[1] ?? 0),
      line: read(`/proc/${name}/cmdline`).replaceAll('\0', ' '),
    }));
}

/** The fields of a process's `stat` after its name, which may hold anything. */
function fieldsOf(stat: string): readonly string[] {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
