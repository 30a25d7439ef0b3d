/**
 * What this host offers for container labs: the engine, who may use it, which limits it can set.
 * Looks only; nothing is started. Knows nothing about images or labs.
 */
import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../../src/faults.ts';
import { installLineFor } from '../../host/install-line.ts';
import { programPath } from '../../host/programs.ts';
import {
  type ControlGroups,
  createOldGroups,
  createUnifiedGroups,
  findDelegatedGroup,
  type Limit,
} from './control-groups.ts';
import type { DockerDaemonOptions } from './docker-daemon.ts';
import { createDockerEngine } from './docker-engine.ts';
import { type Engine, type EngineName, shortNameOf } from './engine.ts';
import { createPodmanEngine } from './podman-engine.ts';

/** The engine of this host, ready for use. Disposing ends what of it runs for all labs together, unless labs run on. */
export interface ContainerHost extends AsyncDisposable {
  readonly engine: Engine;
  readonly version: string;
  readonly groups: ControlGroups;
  /** Limits that cannot be set here. */
  readonly missingLimits: readonly Limit[];
}

/** Where the engine may keep its store, and what it may know. */
export interface HostOptions {
  readonly storeFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The engine that is used; otherwise Podman, and Docker where that is what there is. */
  readonly engine?: EngineName | undefined;
  /** Where programs are looked for. */
  readonly path?: string;
}

const packages = ['podman', 'crun', 'uidmap', 'e2fsprogs', 'qemu-utils', 'openssh-client'];
/** Users and groups of a lab: all that fit into 16 bits, `nobody` included. */
const idCount = 65_536;
/** First of the host's numbers for a lab's users when the engine runs as root: a range that systemd leaves unused. */
const firstRootId = 28_992 * idCount;
const probeTimeoutMs = 60_000;

const infoSchema = z.object({
  host: z.object({
    cgroupManager: z.string(),
    cgroupControllers: z.array(z.string()).nullish(),
  }),
  version: z.object({ Version: z.string() }),
});

/**
 * Finds the engine and asks it about itself; Docker's daemon is started for that. Throws a Fault that says what is missing.
 */
export async function findContainerHost(options: HostOptions, signal: AbortSignal): Promise<ContainerHost> {
  const { path = programPath } = options;
  for (const other of ['debugfs', 'qemu-img', 'ssh', 'ssh-keygen']) await requireProgram(other, path);
  const podman = options.engine === 'docker' ? undefined : await findProgram('podman', path);
  const docker = podman || options.engine === 'podman' ? undefined : await findDocker(path);
  if (docker) return findDockerHost(docker, { ...options, path }, signal);
  const program = podman ?? (await requireProgram('podman', path));
  return findPodmanHost(program, { ...options, path }, signal);
}

type FoundOptions = HostOptions & { readonly path: string };

async function findPodmanHost(program: string, options: FoundOptions, signal: AbortSignal): Promise<ContainerHost> {
  const isRootless = process.getuid?.() !== 0;
  if (isRootless) await requireIds(options.path);
  // Without root the engine's numbers are themselves mapped: 0 is the operator, the granted range begins at 1.
  const idMap = `0:${isRootless ? 1 : firstRootId}:${idCount}`;
  const base = { ...options, program, isRootless, idMap };
  const before = await firstGroups(isRootless);
  const info = await askInfo(await createPodmanEngine({ ...base, groups: before }), signal);
  const groups = before.isOld ? before : await unifiedGroups(isRootless, info.host);
  const engine = await createPodmanEngine({ ...base, groups });
  return buildHost(engine, info.version.Version, groups);
}

/** Its daemon is ours and must be root's: a user who may only talk to the machine's own gets no labs from it. */
async function findDocker(path: string): Promise<DockerDaemonOptions['programs'] | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const [client, daemon] = await Promise.all([findProgram('docker', path), findProgram('dockerd', path)]);
  return client && daemon ? { client, daemon } : undefined;
}

async function findDockerHost(
  programs: DockerDaemonOptions['programs'],
  { storeFolder, path }: FoundOptions,
  signal: AbortSignal,
): Promise<ContainerHost> {
  const groups = await firstGroups(false, await rootControllers());
  const runtimeFolder = join('/run', `tadak-${shortNameOf(storeFolder)}`);
  const ids = { first: firstRootId, count: idCount };
  const made = await createDockerEngine({ programs, path, storeFolder, runtimeFolder, groups, ids }, signal);
  return buildHost(made.engine, made.version, groups);
}

function buildHost(engine: Engine, version: string, groups: ControlGroups): ContainerHost {
  const missingLimits = (['memory', 'cpu', 'pids'] as const).filter((limit) => !groups.limits.has(limit));
  return { engine, version, groups, missingLimits, [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose]() };
}

async function rootControllers(): Promise<readonly string[]> {
  const text = await readFile('/sys/fs/cgroup/cgroup.controllers', 'utf8').catch(() => '');
  return text.trim().split(' ');
}

/** Which kind of hierarchy there is; the controllers of a new one are the engine's to tell. */
async function firstGroups(isRootless: boolean, controllers: readonly string[] = []): Promise<ControlGroups> {
  const isUnified = await access('/sys/fs/cgroup/cgroup.controllers').then(
    () => true,
    () => false,
  );
  if (isUnified) return createUnifiedGroups(controllers);
  const old = isRootless ? undefined : await createOldGroups();
  if (old === undefined) throw new Fault('container-no-cgroup2');
  return old;
}

/** Without root somebody must have handed this user groups to divide: the service manager of a login, or of a service. */
async function unifiedGroups(
  isRootless: boolean,
  { cgroupManager, cgroupControllers }: z.infer<typeof infoSchema>['host'],
): Promise<ControlGroups> {
  if (!isRootless || cgroupManager === 'systemd') return createUnifiedGroups(cgroupControllers ?? []);
  const parent = await findDelegatedGroup();
  if (parent === undefined) throw new Fault('container-no-session', { user: userInfo().username });
  return createUnifiedGroups(cgroupControllers ?? [], parent);
}

async function askInfo(engine: Engine, signal: AbortSignal): Promise<z.infer<typeof infoSchema>> {
  const answer = await engine.run(['info', '--format', 'json'], { signal, timeoutMs: probeTimeoutMs });
  if (answer.exitCode !== 0) throw new Fault('container-engine-failed', { engine: 'Podman', detail: answer.complaint });
  try {
    return infoSchema.parse(JSON.parse(answer.stdout));
  } catch (cause) {
    throw new Fault('container-engine-failed', { engine: 'Podman', detail: 'podman info' }, { cause });
  }
}

/** Without root the host must have granted this user enough numbers for a lab's users. */
async function requireIds(path: string): Promise<void> {
  await requireProgram('newuidmap', path);
  const { username, uid } = userInfo();
  for (const file of ['/etc/subuid', '/etc/subgid']) {
    const text = await readFile(file, 'utf8').catch(() => '');
    if (!text.split('\n').some((line) => isGrant(line, [username, String(uid)])))
      throw new Fault('container-no-subids', { user: username });
  }
}

function isGrant(line: string, names: readonly string[]): boolean {
  const [name = '', , count = '0'] = line.split(':');
  return names.includes(name) && Number(count) >= idCount;
}

async function requireProgram(name: string, path: string): Promise<string> {
  const found = await findProgram(name, path);
  if (found === undefined) throw new Fault('container-no-engine', { program: name, fix: installLineFor(packages) });
  return found;
}

async function findProgram(name: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    const file = join(folder, name);
    const isThere = access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (await isThere) return file;
  }
  return undefined;
}
