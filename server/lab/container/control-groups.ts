/**
 * Limits of labs by control groups. With cgroup v2 the engine sees to them; on a host with the old hierarchies (v1) only root can
 * run labs: the lab sees an empty v2 hierarchy of its own, and its limits are groups of the old hierarchies that we make.
 * Knows nothing about the engine's other arguments.
 */
import { constants } from 'node:fs';
import { access, mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { poll } from '../../host/wait.ts';

/** What one lab may use at most. */
export interface LabLimits {
  readonly memoryMb: number;
  readonly cpus: number;
  readonly processes: number;
}

/** What can be limited. */
export type Limit = 'memory' | 'cpu' | 'pids';

/** A way to limit labs. */
export interface ControlGroups {
  /** Whether these are the old hierarchies. */
  readonly isOld: boolean;
  /** What it limits on this host. */
  readonly limits: ReadonlySet<Limit>;
  /** Arguments of every engine command. */
  readonly engineArguments: readonly string[];
  /** Arguments of the command that starts a lab. */
  labArguments(limits: LabLimits): string[];
  /** A command line that runs another one, under the limits of a lab if one is named. */
  wrap(command: readonly string[], lab?: string): readonly string[];
  /** Puts processes that run already, and all that they start from now on, under the limits of a lab. */
  join(lab: string, pids: readonly number[]): Promise<void>;
  /** Makes a lab's groups, before its first command. */
  create(lab: string, limits: LabLimits): Promise<void>;
  /** Removes them once nothing runs in them. */
  remove(lab: string): Promise<void>;
}

/**
 * With cgroup v2: the engine's own flags, for the controllers it may use. `parent` is a group that was handed to this user,
 * for when no service manager makes groups for the engine.
 */
export function createUnifiedGroups(controllers: readonly string[], parent?: string): ControlGroups {
  const limits = new Set((['memory', 'cpu', 'pids'] as const).filter((limit) => controllers.includes(limit)));
  return {
    isOld: false,
    limits,
    engineArguments: parent === undefined ? [] : ['--cgroup-manager', 'cgroupfs'],
    labArguments: ({ memoryMb, cpus, processes }) => [
      ...(parent === undefined ? [] : ['--cgroup-parent', parent]),
      ...(limits.has('memory') ? ['--memory', `${memoryMb}m`, '--memory-swap', `${memoryMb}m`] : []),
      ...(limits.has('cpu') ? ['--cpus', String(cpus)] : []),
      ...['--pids-limit', limits.has('pids') ? String(processes) : '0'],
    ],
    wrap: (command) => command,
    // The engine's own flags hold all of it.
    join: async () => {},
    create: async () => {},
    remove: async () => {},
  };
}

/**
 * The outermost of the groups that this process is in and may divide: a service of its own user with `Delegate=yes` has one.
 * `undefined` when there is none.
 */
export async function findDelegatedGroup(): Promise<string | undefined> {
  const path = /^0::(.*)$/m.exec(await readFile('/proc/self/cgroup', 'utf8'))?.[1] ?? '/';
  let found: string | undefined;
  for (let group = path; group !== '/'; group = dirname(group)) {
    const mayWrite = access(join(groupsRoot, group, 'cgroup.procs'), constants.W_OK);
    if (
      !(await mayWrite.then(
        () => true,
        () => false,
      ))
    )
      break;
    found = group;
  }
  return found;
}

const groupsRoot = '/sys/fs/cgroup';
const cpuPeriodUs = 100_000;
const removeTimeoutMs = 5_000;
/** Joins groups, then puts an empty v2 hierarchy where the engine looks, for this process and its children only. */
const wrapper = `groups=$1; shift
for g in $groups; do echo $$ >"$g/cgroup.procs" || exit 125; done
mount -t cgroup2 none ${groupsRoot} || exit 125
exec "$@"`;

/** With the old hierarchies, as root. `undefined` when they cannot be used. */
export async function createOldGroups(): Promise<ControlGroups | undefined> {
  const homes = await findHomes();
  const { memory, pids } = homes;
  if (memory === undefined || pids === undefined) return undefined;
  const groupsOf = (lab: string) => Object.values(homes).map((home) => join(home, `tadak-${lab}`));
  return {
    isOld: true,
    limits: new Set(Object.keys(homes) as Limit[]),
    engineArguments: ['--cgroup-manager', 'cgroupfs'],
    // The engine looks for a controller in the hierarchy that it sees, which has none.
    labArguments: () => ['--pids-limit', '0'],
    wrap: (command, lab) => {
      const groups = lab === undefined ? '' : groupsOf(lab).join(' ');
      return ['unshare', '-m', '--propagation', 'slave', 'sh', '-c', wrapper, 'tadak', groups, ...command];
    },
    join: async (lab, pids) => {
      for (const group of groupsOf(lab))
        for (const pid of pids) await writeFile(join(group, 'cgroup.procs'), String(pid));
    },
    create: async (lab, limits) => {
      for (const group of groupsOf(lab)) await mkdir(group, { recursive: true });
      for (const [limit, home] of Object.entries(homes)) {
        for (const [file, value] of settingsOf(limit as Limit, limits))
          await writeFile(join(home, `tadak-${lab}`, file), value);
      }
    },
    remove: async (lab) => {
      for (const group of groupsOf(lab)) await removeGroup(group);
    },
  };
}

/** A group can go once the last process that was in it has, which is a moment after the container. */
async function removeGroup(group: string): Promise<void> {
  const { signal } = new AbortController();
  const isGone = () =>
    rmdir(group).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code === 'ENOENT' || undefined,
    );
  await poll(isGone, { signal, timeoutMs: removeTimeoutMs, everyMs: 50 });
}

function settingsOf(limit: Limit, { memoryMb, cpus, processes }: LabLimits): readonly (readonly [string, string])[] {
  if (limit === 'memory') return [['memory.limit_in_bytes', String(memoryMb * 2 ** 20)]];
  if (limit === 'pids') return [['pids.max', String(processes)]];
  return [
    ['cpu.cfs_period_us', String(cpuPeriodUs)],
    ['cpu.cfs_quota_us', String(Math.round(cpus * cpuPeriodUs))],
  ];
}

/** Where this process is in each old hierarchy: a lab's groups are made below, so that what limits us limits them too. */
async function findHomes(): Promise<Partial<Record<Limit, string>>> {
  const homes: Partial<Record<Limit, string>> = {};
  for (const line of (await readFile('/proc/self/cgroup', 'utf8')).split('\n')) {
    const [, names = '', path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    for (const limit of ['memory', 'cpu', 'pids'] as const) {
      if (!names.split(',').includes(limit)) continue;
      const home = join(groupsRoot, names, path);
      if (
        await access(join(home, 'cgroup.procs')).then(
          () => true,
          () => false,
        )
      )
        homes[limit] = home;
    }
  }
  return homes;
}
