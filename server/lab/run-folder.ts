/**
 * The folder of one running lab: `<data>/run/<lab>/`. Holds its record (whose it is, which process, which template), keys,
 * disk and sockets. Knows nothing about QEMU's command line.
 *
 * A UNIX socket's path has at most 107 bytes, so with a long data path the sockets live in a short temporary folder,
 * whose name is in the record.
 */
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { ProcessIdentity } from '../host/processes.ts';
import { readJsonFile, writeJsonFile } from '../host/whole-file.ts';
import type { LabOwner } from './lab.ts';

const recordSchema = z.object({
  format: z.literal(1),
  id: z.string(),
  learner: z.string(),
  server: z.string(),
  /** The `-name` argument of the machine, by which it is found when the server died before it noted the process. */
  machine: z.string(),
  template: z.string(),
  sockets: z.string(),
  process: z.object({ pid: z.number().int().positive(), birth: z.string() }).optional(),
});

/** What is known about a lab on disk. */
export type RunRecord = z.infer<typeof recordSchema>;

/** A lab's folder. */
export interface RunFolder {
  readonly path: string;
  readonly record: RunRecord;
}

/** Longest socket path that the kernel takes, without the closing zero. */
const maxSocketPathBytes = 107;
/** The longest name in a socket folder: ssh binds `ctl` under a temporary name with a dot and 16 characters. */
const longestSocketName = `/ctl.${'x'.repeat(16)}`;
const recordName = 'lab.json';

/** Where the labs of a data folder run. */
export function runRoot(dataFolder: string): string {
  return join(dataFolder, 'run');
}

/** The socket of the lab's kept ssh connection. */
export function controlPathIn(sockets: string): string {
  return join(sockets, 'ctl');
}

/** Makes the folder of a new lab, private to this user. */
export async function createRunFolder(
  dataFolder: string,
  lab: { readonly id: string; readonly owner: LabOwner; readonly template: string },
): Promise<RunFolder> {
  const path = join(runRoot(dataFolder), lab.id);
  await mkdir(runRoot(dataFolder), { recursive: true, mode: 0o700 });
  await mkdir(path, { mode: 0o700 });
  const sockets = await socketFolderFor(path);
  const folder: RunFolder = {
    path,
    record: {
      format: 1,
      id: lab.id,
      learner: lab.owner.learner,
      server: lab.owner.server,
      machine: `tadak-lab-${lab.id} learner=${lab.owner.learner} server=${lab.owner.server}`,
      template: lab.template,
      sockets,
    },
  };
  await writeRecord(folder);
  return folder;
}

/** Writes the record whole or not at all. */
export async function writeRecord({ path, record }: RunFolder): Promise<void> {
  await writeJsonFile(join(path, recordName), record);
}

/** The lab runs in another process; what else the record says by now stays. */
export async function noteProcess({ path, record }: RunFolder, process: ProcessIdentity): Promise<void> {
  await writeRecord({ path, record: { ...((await loadRecord(path)) ?? record), process } });
}

/** The lab has another owner. Its processes keep the name under which they were started. */
export async function assignRunFolder(
  { path, record }: RunFolder,
  { owner, process }: { readonly owner: LabOwner; readonly process?: ProcessIdentity },
): Promise<void> {
  const { learner, server } = owner;
  await writeRecord({ path, record: { ...record, learner, server, ...(process && { process }) } });
}

/** Every lab folder there is; `record` is absent when it cannot be read. */
export async function loadRunFolders(
  dataFolder: string,
): Promise<{ readonly path: string; readonly record: RunRecord | undefined }[]> {
  const entries = await readdir(runRoot(dataFolder), { withFileTypes: true }).catch(() => []);
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => join(runRoot(dataFolder), entry.name));
  return Promise.all(folders.map(async (path) => ({ path, record: await loadRecord(path) })));
}

/** Removes the folder and its sockets. */
export async function removeRunFolder(path: string, record: RunRecord | undefined): Promise<void> {
  if (record !== undefined && isOwnSocketFolder(record.sockets))
    await rm(record.sockets, { recursive: true, force: true });
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
}

/** A folder whose sockets have short enough paths: the given one, or a new temporary one. */
export async function socketFolderFor(path: string): Promise<string> {
  if (Buffer.byteLength(path + longestSocketName) <= maxSocketPathBytes) return path;
  const short = await mkdtemp(join(tmpdir(), 'tadak-'));
  await chmod(short, 0o700);
  return short;
}

/** Only folders that `socketFolderFor` may have made are ever removed on the word of a record. */
export function isOwnSocketFolder(path: string): boolean {
  return /^tadak-[A-Za-z0-9]{6}$/.test(path.slice(tmpdir().length + 1)) && path.startsWith(`${tmpdir()}/`);
}

function loadRecord(path: string): Promise<RunRecord | undefined> {
  return readJsonFile(join(path, recordName), recordSchema);
}
