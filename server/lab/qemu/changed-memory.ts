/**
 * The memory that a clone has changed since the template: what makes a checkpoint small. A clone's RAM is a private mapping
 * of the template's file, so the kernel knows which pages are its own; they are read and written through /proc while the
 * machine stands still. Knows nothing about devices and disks.
 *
 * A file of changed memory: eight bytes of magic, the number of runs (u32), first page and number of pages of every run
 * (u32 each), then the pages of all runs one after the other. Little endian, 4 KiB pages.
 * Source: Linux, Documentation/admin-guide/mm/pagemap.rst and proc(5).
 */
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { Fault } from '../../../src/faults.ts';

const pageBytes = 4096;
const entryBytes = 8;
const magic = Buffer.from('TADAKMEM');
const headBytes = magic.length + 4;
/** Pages in between are taken along: reading some that are unchanged costs less than asking once more. */
const gapPages = 8;
const bufferBytes = 4 * 1024 * 1024;
/** Upper half of a pagemap entry: in memory, swapped out, and still the file's. */
const bits = { present: 1 << 31, swapped: 1 << 30, file: 1 << 29 } as const;

/** Pages one after the other. */
export interface PageRun {
  /** From the start of RAM. */
  readonly first: number;
  readonly count: number;
}

/** A part of the process's address space that shows the RAM file. */
interface Window {
  readonly address: number;
  readonly firstPage: number;
  readonly pages: number;
}

/** Writes the changed memory of a machine that stands still. Returns the file's size. Throws a Fault. */
export async function saveChangedMemory(pid: number, ramPath: string, filePath: string): Promise<number> {
  const windows = await findWindows(pid, ramPath);
  const runs = await findChanged(pid, windows);
  await using memory = await open(`/proc/${pid}/mem`, 'r');
  await using file = await open(filePath, 'wx', 0o600);
  await file.write(describeRuns(runs));
  for (const pieces of inPieces(runs)) {
    const bytes = Buffer.allocUnsafe(pieces.reduce((sum, { count }) => sum + count * pageBytes, 0));
    let at = 0;
    for (const run of pieces) {
      await fill(memory, bytes.subarray(at, at + run.count * pageBytes), addressOf(windows, run.first));
      at += run.count * pageBytes;
    }
    await file.writeFile(bytes);
  }
  return (await file.stat()).size;
}

/** Puts changed memory into a machine that has not run yet. Throws a Fault when the file is not whole. */
export async function loadChangedMemory(pid: number, ramPath: string, filePath: string): Promise<void> {
  const windows = await findWindows(pid, ramPath);
  await using file = await open(filePath, 'r');
  const runs = await readRuns(file, filePath);
  await using memory = await open(`/proc/${pid}/mem`, 'r+');
  let at = headBytes + runs.length * entryBytes;
  for (const pieces of inPieces(runs)) {
    const bytes = Buffer.allocUnsafe(pieces.reduce((sum, { count }) => sum + count * pageBytes, 0));
    await fill(file, bytes, at);
    at += bytes.length;
    let from = 0;
    for (const { first, count } of pieces) {
      await memory.write(bytes, from, count * pageBytes, addressOf(windows, first));
      from += count * pageBytes;
    }
  }
}

/** Runs of changed pages: `isChanged` by page, with small gaps closed. */
export function gatherRuns(pages: number, isChanged: (page: number) => boolean): PageRun[] {
  const runs: { first: number; count: number }[] = [];
  for (let page = 0; page < pages; page += 1) {
    if (!isChanged(page)) continue;
    const last = runs.at(-1);
    if (last && page - last.first - last.count <= gapPages) last.count = page + 1 - last.first;
    else runs.push({ first: page, count: 1 });
  }
  return runs;
}

async function findWindows(pid: number, ramPath: string): Promise<readonly Window[]> {
  const maps = await readFile(`/proc/${pid}/maps`, 'utf8');
  const windows = maps.split('\n').flatMap((line): Window[] => {
    const [, from, to, offset, path] = /^([0-9a-f]+)-([0-9a-f]+) \S+ ([0-9a-f]+) \S+ \d+ +(.*)$/.exec(line) ?? [];
    if (from === undefined || to === undefined || offset === undefined) return [];
    if (path !== ramPath && path !== `${ramPath} (deleted)`) return [];
    const address = Number.parseInt(from, 16);
    const pages = (Number.parseInt(to, 16) - address) / pageBytes;
    return [{ address, firstPage: Number.parseInt(offset, 16) / pageBytes, pages }];
  });
  if (windows.length > 0) return windows;
  throw new Fault('lab-checkpoint-failed', { detail: `no RAM of ${ramPath} in process ${pid}` });
}

async function findChanged(pid: number, windows: readonly Window[]): Promise<readonly PageRun[]> {
  await using pagemap = await open(`/proc/${pid}/pagemap`, 'r');
  const runs: PageRun[] = [];
  for (const { address, firstPage, pages } of windows) {
    const entries = Buffer.allocUnsafe(pages * entryBytes);
    await fill(pagemap, entries, (address / pageBytes) * entryBytes);
    const isChanged = (page: number) => {
      const flags = entries.readInt32LE(page * entryBytes + 4);
      return (flags & bits.swapped) !== 0 || ((flags & bits.present) !== 0 && (flags & bits.file) === 0);
    };
    runs.push(...gatherRuns(pages, isChanged).map(({ first, count }) => ({ first: firstPage + first, count })));
  }
  return runs;
}

function addressOf(windows: readonly Window[], page: number): number {
  const window = windows.find(({ firstPage, pages }) => page >= firstPage && page < firstPage + pages);
  if (!window) throw new Fault('lab-checkpoint-failed', { detail: `no page ${page}` });
  return window.address + (page - window.firstPage) * pageBytes;
}

/** Runs cut and put together to pieces that fit into a buffer. */
function* inPieces(runs: readonly PageRun[]): Generator<readonly PageRun[]> {
  const room = bufferBytes / pageBytes;
  let pieces: PageRun[] = [];
  let taken = 0;
  for (const run of runs) {
    for (let { first, count } = run; count > 0; ) {
      const now = Math.min(count, room - taken);
      pieces.push({ first, count: now });
      taken += now;
      first += now;
      count -= now;
      if (taken < room) continue;
      yield pieces;
      [pieces, taken] = [[], 0];
    }
  }
  if (pieces.length > 0) yield pieces;
}

function describeRuns(runs: readonly PageRun[]): Buffer {
  const head = Buffer.alloc(headBytes + runs.length * entryBytes);
  magic.copy(head);
  head.writeUInt32LE(runs.length, magic.length);
  for (const [index, { first, count }] of runs.entries()) {
    head.writeUInt32LE(first, headBytes + index * entryBytes);
    head.writeUInt32LE(count, headBytes + index * entryBytes + 4);
  }
  return head;
}

async function readRuns(file: FileHandle, path: string): Promise<readonly PageRun[]> {
  const head = Buffer.alloc(headBytes);
  await fill(file, head, 0);
  if (!head.subarray(0, magic.length).equals(magic)) throw new Fault('lab-checkpoint-failed', { detail: path });
  const table = Buffer.alloc(head.readUInt32LE(magic.length) * entryBytes);
  await fill(file, table, headBytes);
  return Array.from({ length: table.length / entryBytes }, (_, index) => ({
    first: table.readUInt32LE(index * entryBytes),
    count: table.readUInt32LE(index * entryBytes + 4),
  }));
}

/** Fills the buffer from a place. Throws a Fault when there is less. */
async function fill(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let got = 0; got < bytes.length; ) {
    const { bytesRead } = await file.read(bytes, got, bytes.length - got, position + got);
    if (bytesRead === 0)
      throw new Fault('lab-checkpoint-failed', { detail: `${bytes.length - got} bytes are missing` });
    got += bytesRead;
  }
}
