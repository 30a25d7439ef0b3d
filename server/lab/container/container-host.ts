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
import { programPath } from '../../host/programs.ts';
import {
  type ControlGroups,
  createOldGroups,
  createUnifiedGroups,
  findDelegatedGroup,
  type Limit,
} from './control-groups.ts';
import { createEngine, type Engine } from './engine.ts';

/** The engine of this host, ready for use. */
export interface ContainerHost {
  readonly engine: Engine;
  readonly version: string;
  readonly groups: ControlGroups;
  /** Limits that cannot be set here. */
  readonly missingLimits: readonly Limit[];
  /** `--uidmap` and `--gidmap`: a lab's root is nobody on the host. */
  readonly idMap: string;
}

/** Where the engine may keep its store, and what it may know. */
export interface HostOptions {
  readonly storeFolder: string;
  readonly environment: Readonly<Record<string, string>>;
}

const install = 'apt-get install -y --no-install-recommends podman crun uidmap e2fsprogs qemu-utils openssh-client';
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

/** Finds the engine and asks it about itself. Throws a Fault that says what is missing. */
export async function findContainerHost(options: HostOptions, signal: AbortSignal): Promise<ContainerHost> {
  const program = await requireProgram('podman');
  for (const other of ['debugfs', 'qemu-img', 'ssh', 'ssh-keygen']) await requireProgram(other);
  const isRootless = process.getuid?.() !== 0;
  if (isRootless) await requireIds();
  const before = await firstGroups(isRootless);
  const probe = await createEngine({ program, isRootless, ...options, groups: before });
  const info = await askInfo(probe, signal);
  const groups = before.isOld ? before : await unifiedGroups(isRootless, info.host);
  const engine = await createEngine({ program, isRootless, ...options, groups });
  const missingLimits = (['memory', 'cpu', 'pids'] as const).filter((limit) => !groups.limits.has(limit));
  // Without root the engine's numbers are themselves mapped: 0 is the operator, the granted range begins at 1.
  const idMap = `0:${isRootless ? 1 : firstRootId}:${idCount}`;
  return { engine, version: info.version.Version, groups, missingLimits, idMap };
}

/** Which kind of hierarchy there is; the controllers of a new one are the engine's to tell. */
async function firstGroups(isRootless: boolean): Promise<ControlGroups> {
  const isUnified = await access('/sys/fs/cgroup/cgroup.controllers').then(
    () => true,
    () => false,
  );
  if (isUnified) return createUnifiedGroups([]);
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
  if (answer.exitCode !== 0) throw new Fault('container-engine-failed', { detail: answer.complaint });
  try {
    return infoSchema.parse(JSON.parse(answer.stdout));
  } catch (cause) {
    throw new Fault('container-engine-failed', { detail: 'podman info' }, { cause });
  }
}

/** Without root the host must have granted this user enough numbers for a lab's users. */
async function requireIds(): Promise<void> {
  await requireProgram('newuidmap');
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

async function requireProgram(name: string): Promise<string> {
  for (const folder of programPath.split(delimiter)) {
    const path = join(folder, name);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return path;
  }
  throw new Fault('container-no-engine', { program: name, fix: install });
}
