/**
 * As whom QEMU runs. Under a server that is an ordinary user it runs as that one. A server that is root gives each machine a user
 * of its own, whom nobody else is, with a view of this computer that holds the machine's own files alone (`confine.pl`).
 * Knows nothing about QEMU's command line.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { chmod, chown, readdir, realpath, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Fault } from '../../../src/faults.ts';
import { programPath } from '../../host/programs.ts';

/** What a machine needs of this computer. */
export interface Needs {
  /** Names the machine among all others: the same name is the same user. */
  readonly name: string;
  /** Folders of the machine alone, in which it makes files and sockets while it starts. */
  readonly folders: readonly string[];
  /** Files, and folders, that it reads; others may, too. */
  readonly files: readonly string[];
  /** Folders of this server: they, and those in them, may be opened for passing through, where nothing can be mounted. */
  readonly ours: readonly string[];
  readonly hasNetwork: boolean;
  readonly hasKvm: boolean;
  /** A file that it opens for reading and writing, but may only read; it stands open as descriptor 4. */
  readonly ram?: string;
}

/** How a program is started. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  /** A file that it must find open for reading as descriptor 4. */
  readonly descriptor4?: string;
}

/** Who runs machines here: the server itself, or somebody else, with a view of his own where the kernel lets us. */
export type Keeper = 'server' | 'nobody-with-view' | 'nobody';

/** User and group, by the same number. */
export type Account = number;

/**
 * Numbers that no distribution, directory service or container engine gives out by itself (systemd's UIDS-GIDS.md), many, so that two
 * machines of whatever server have the same one in millions of cases once. In a user namespace, as in a container, only low
 * numbers exist.
 */
const ranges = [
  { first: 2_100_000_000, count: 2 ** 24 },
  { first: 60_600, count: 512 },
] as const;
/** What a view has of this computer's folders as they are, rights of folders included. */
const shownAnyway = /^\/(usr|etc|bin|sbin|lib\w*)\//;
const script = fileURLToPath(new URL('confine.pl', import.meta.url));
const run = promisify(execFile);
const range = process.getuid?.() === 0 ? findRange() : undefined;
let keeper: Promise<Keeper> | undefined;

/** The user of a machine; `undefined` where the server itself is to run it. */
export function accountOf(name: string): Account | undefined {
  if (range === undefined) return undefined;
  const digest = createHash('sha256').update(name).digest();
  return range.first + (digest.readUInt32BE() % range.count);
}

/** Who runs machines here. Throws a Fault where root would have to. */
export function findKeeper(): Promise<Keeper> {
  keeper ??= range === undefined ? Promise.resolve('server') : tryKeepers(range.first);
  return keeper;
}

/** How a program is started with nothing but what it needs. Throws a Fault. */
export async function confine(program: string, args: readonly string[], needs: Needs): Promise<Command> {
  const account = accountOf(needs.name);
  if (account === undefined) return { file: program, args };
  const view = (await findKeeper()) === 'nobody-with-view';
  const own = /^\/(usr|bin|sbin)\//.test(program) ? [] : [program];
  const names = needs.hasNetwork ? await nameServerFiles() : [];
  const shown = [...new Set([...needs.folders, ...needs.files, ...own, ...names])];
  for (const path of shown) if (!view || shownAnyway.test(path)) await openWay(path, needs.ours);
  const options = [
    `--id=${account}`,
    ...(view ? ['--view', ...shown.map((path) => `--show=${path}`)] : []),
    ...(needs.hasNetwork ? ['--network'] : []),
    ...(needs.hasKvm ? ['--kvm'] : []),
    ...(needs.ram === undefined ? [] : [`--ram=${needs.ram}`]),
  ];
  const descriptor4 = needs.ram === undefined ? {} : { descriptor4: needs.ram };
  return { file: 'perl', args: [script, ...options, '--', program, ...args], ...descriptor4 };
}

/** Makes ready what a machine needs: it may make files in its folders, and read what others do. */
export async function letIn({ name, folders, files }: Pick<Needs, 'name' | 'folders' | 'files'>): Promise<void> {
  const account = accountOf(name);
  if (account === undefined) return;
  for (const file of files) {
    const facts = await stat(file);
    const wanted = facts.mode | (facts.isDirectory() ? 0o005 : 0o004);
    if (wanted !== facts.mode) await change(file, () => chmod(file, wanted));
  }
  for (const folder of folders) {
    await change(folder, () => chown(folder, 0, account));
    // Sticky: what is there already stays as it is.
    await change(folder, () => chmod(folder, 0o1770));
  }
}

/**
 * The machine has made its sockets. Before a guest runs, its folders are closed: it finds its files by their names, and can put nothing
 * there that this server, which is root, would mistake for its own. Throws a Fault when it has put a link there: a disk that an
 * earlier QEMU wrote may have deceived it while it started.
 */
export async function closeFolders({ name, folders }: Pick<Needs, 'name' | 'folders'>): Promise<void> {
  if (accountOf(name) === undefined) return;
  for (const folder of folders) {
    await chmod(folder, 0o710);
    const link = (await readdir(folder, { withFileTypes: true })).find((entry) => entry.isSymbolicLink());
    if (link) throw new Fault('lab-start-failed', { detail: `QEMU: ${link.name}` });
  }
}

/** A file becomes a machine's own. */
export async function giveFile(path: string, name: string): Promise<void> {
  const account = accountOf(name);
  if (account === undefined) return;
  await change(path, () => chown(path, account, account));
  await chmod(path, 0o600);
}

/** Throws a Fault that names the path: on a network's folder, root may be nobody. */
async function change(path: string, make: () => Promise<void>): Promise<void> {
  await make().catch((cause: unknown) => {
    throw new Fault('lab-not-confined', { detail: `${path}: ${(cause as NodeJS.ErrnoException).code}` }, { cause });
  });
}

/** Makes an empty file that is a machine's own, which cannot make one itself any more. */
export async function makeFileFor(path: string, name: string): Promise<void> {
  if (accountOf(name) === undefined) return;
  await writeFile(path, '', { mode: 0o600, flag: 'wx' });
  await giveFile(path, name);
}

/** A file or folder that was a machine's own is the server's again. */
export async function takeBack(path: string, mode: number): Promise<void> {
  if (range === undefined) return;
  await chown(path, 0, 0);
  await chmod(path, mode);
}

function findRange(): (typeof ranges)[number] | undefined {
  return ranges.find(({ first, count }) =>
    ['uid_map', 'gid_map'].every((map) => isMapped(`/proc/self/${map}`, first, first + count)),
  );
}

/** Whether the numbers exist in this user namespace. */
function isMapped(path: string, first: number, end: number): boolean {
  return readFileSync(path, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .some(([from = 0, , length = 0]) => from <= first && end <= from + length);
}

/** By trying: what a container may do cannot be told otherwise. */
async function tryKeepers(account: Account): Promise<Keeper> {
  const attempt = (options: readonly string[]) =>
    run('perl', [script, `--id=${account}`, ...options, '--ram=/', '--', 'true'], { env: { PATH: programPath } });
  try {
    await attempt(['--view']);
    return 'nobody-with-view';
  } catch {
    // No mounts, as in a container.
  }
  try {
    await attempt([]);
    return 'nobody';
  } catch (cause) {
    keeper = undefined;
    const { stderr = '' } = cause as { readonly stderr?: string };
    throw new Fault('lab-not-confined', { detail: stderr.trim().split('\n').at(-1) || String(cause) }, { cause });
  }
}

/** What tells QEMU's user network where names are looked up, when that is not in /etc. */
async function nameServerFiles(): Promise<readonly string[]> {
  const path = await realpath('/etc/resolv.conf').catch(() => '/etc');
  if (path.startsWith('/etc')) return [];
  // The file is replaced when the network changes, so the folder is shown; /run has more in it than that.
  return [dirname(path) === '/run' ? path : dirname(path)];
}

/**
 * Without a view of its own, or below what is in every view, a machine goes the way that everybody goes. Our own folders may be passed through by whoever knows the
 * way, their lists stay private. Throws a Fault where somebody else's is closed.
 */
async function openWay(path: string, ours: readonly string[]): Promise<void> {
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    const { mode } = await stat(folder);
    if ((mode & 0o001) !== 0) continue;
    if (!ours.some((own) => `${folder}/`.startsWith(`${own}/`))) throw new Fault('lab-way-closed', { folder });
    await chmod(folder, mode | 0o001);
  }
}
