/**
 * The files of an ext4 image without mounting it and without root, by debugfs: contents and links into a folder, owners and
 * modes (which an ordinary user could not give the copies) from the file system's own listing.
 * Knows nothing about what is in the image.
 */
import { spawn } from 'node:child_process';
import { Fault } from '../../../src/faults.ts';
import { programPath } from '../../host/programs.ts';

/** What the file system says of one file. */
export interface DiskFile {
  /** Without a slash at either end. */
  readonly path: string;
  readonly inode: number;
  readonly kind: 'file' | 'directory' | 'symlink';
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

const rootInode = 2;
const kinds = new Map<number, DiskFile['kind']>([
  [0o100000, 'file'],
  [0o040000, 'directory'],
  [0o120000, 'symlink'],
]);
const kindMask = 0o170000;

/** Writes everything below the image's root into `folder`. What an ordinary user may not do to the copies is left out. */
export async function dumpTree(disk: string, folder: string, signal: AbortSignal): Promise<void> {
  await runDebugfs(disk, ['-R', `rdump / "${folder}"`], '', signal);
}

/** Lists every file, directory and link, directories before what is in them. Devices and sockets are left out. */
export async function listTree(disk: string, signal: AbortSignal): Promise<DiskFile[]> {
  const files: DiskFile[] = [];
  let level: readonly DiskFile[] = [{ path: '', inode: rootInode, kind: 'directory', mode: 0o755, uid: 0, gid: 0 }];
  while (level.length > 0) {
    const script = level.map(({ inode }) => `ls -p <${inode}>\n`).join('');
    const below = parseListings(await runDebugfs(disk, ['-f', '-'], script, signal), level);
    files.push(...below);
    level = below.filter(({ kind }) => kind === 'directory');
  }
  return files;
}

/** Extended attributes of files, by inode. */
export async function listAttributes(
  disk: string,
  inodes: readonly number[],
  signal: AbortSignal,
): Promise<ReadonlyMap<number, Readonly<Record<string, Uint8Array>>>> {
  const script = inodes.map((inode) => `ea_list <${inode}>\n`).join('');
  return parseAttributes(await runDebugfs(disk, ['-f', '-'], script, signal));
}

/** Reads the listings of several directories, each after the echo of its command. */
export function parseListings(output: string, directories: readonly DiskFile[]): DiskFile[] {
  const byInode = new Map(directories.map((directory) => [directory.inode, directory]));
  const files: DiskFile[] = [];
  let parent: DiskFile | undefined;
  for (const line of output.split('\n')) {
    const asked = /^debugfs: ls -p <(\d+)>$/.exec(line);
    if (asked) parent = byInode.get(Number(asked[1]));
    else if (parent !== undefined) files.push(...parseFile(line, parent));
  }
  return files;
}

/** `/inode/mode/uid/gid/name/size/` */
function parseFile(line: string, parent: DiskFile): DiskFile[] {
  const [, inode, mode, uid, gid, name] = /^\/(\d+)\/(\d+)\/(\d+)\/(\d+)\/([^/]+)\/\d*\/$/.exec(line) ?? [];
  if (name === undefined || name === '.' || name === '..' || Number(inode) === 0) return [];
  const bits = Number.parseInt(mode ?? '', 8);
  const kind = kinds.get(bits & kindMask);
  if (kind === undefined) return [];
  const path = parent.path === '' ? name : `${parent.path}/${name}`;
  return [{ path, inode: Number(inode), kind, mode: bits & 0o7777, uid: Number(uid), gid: Number(gid) }];
}

/** `debugfs: ea_list <inode>`, then `  name (length) = hex bytes` for each. */
export function parseAttributes(output: string): ReadonlyMap<number, Readonly<Record<string, Uint8Array>>> {
  const found = new Map<number, Record<string, Uint8Array>>();
  let inode = 0;
  for (const line of output.split('\n')) {
    const asked = /^debugfs: ea_list <(\d+)>$/.exec(line);
    if (asked) inode = Number(asked[1]);
    const [, name, length, hex] = /^ +([\w.]+) \((\d+)\) = ((?:[0-9a-f]{2} ?)+)$/.exec(line) ?? [];
    if (name === undefined || hex === undefined) continue;
    const value = Buffer.from(hex.replaceAll(' ', ''), 'hex');
    if (value.length === Number(length)) found.set(inode, { ...found.get(inode), [name]: value });
  }
  return found;
}

function runDebugfs(disk: string, args: readonly string[], input: string, signal: AbortSignal): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn('debugfs', [...args, disk], {
    ...{
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { PATH: programPath, DEBUGFS_PAGER: '__none__', LC_ALL: 'C' },
      signal,
    },
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stdin.on('error', () => {}); // It ended first; its end says so.
  child.stdin.end(input);
  child.once('error', (cause) =>
    reject(signal.aborted ? signal.reason : new Fault('lab-no-image', { detail: 'debugfs (e2fsprogs)' }, { cause })),
  );
  child.once('close', (code) => {
    if (code === 0) resolve(Buffer.concat(chunks).toString('utf8'));
    else reject(new Fault('lab-no-image', { detail: `debugfs: ${code}` }));
  });
  return promise;
}
