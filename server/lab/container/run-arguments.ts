/**
 * A lab as the engine's command line. Pure. What a lab may and may not do on the host is decided here and nowhere else.
 * Knows nothing about processes or files.
 */
import type { LabOwner } from '../lab.ts';

/** One lab to start. */
export interface RunArgumentsOptions {
  readonly id: string;
  readonly owner: LabOwner;
  /** Names the server's data folder: a sweep looks at its own labs only. */
  readonly home: string;
  readonly image: string;
  readonly program: string;
  /** `--uidmap` and `--gidmap`. */
  readonly idMap: string;
  /** Those for memory, processors and processes. */
  readonly limitArguments: readonly string[];
  /** Largest single file, MB. */
  readonly diskMb: number;
  /** Hard limits of this process: a lab cannot have more, and the engine fails where its own default is higher. */
  readonly hardLimits: { readonly openFiles: number; readonly processes: number };
}

/** Labels on every lab. */
export const labelNames = { home: 'tadak.home', learner: 'tadak.learner', server: 'tadak.server' } as const;
/** Where the lab's own engines keep images: a file system that their overlays can lie on, which the lab's root is not. */
export const volumePaths = ['/var/lib/docker', '/var/lib/containers', '/var/lib/containerd'] as const;

/**
 * Rights over the kernel itself. In a user namespace they would open nothing, but they would let calls through the engine's
 * system call filter that a lab has no use for.
 */
const droppedCapabilities = [
  'AUDIT_CONTROL',
  'AUDIT_READ',
  'BLOCK_SUSPEND',
  'BPF',
  'CHECKPOINT_RESTORE',
  'IPC_LOCK',
  'LEASE',
  'LINUX_IMMUTABLE',
  'MAC_ADMIN',
  'MAC_OVERRIDE',
  'PERFMON',
  'SYS_MODULE',
  'SYS_PACCT',
  'SYS_RAWIO',
  'SYS_TIME',
  'SYSLOG',
  'WAKE_ALARM',
] as const;

/** More than any lesson needs; what counts for processes is the limit of the lab's control group. */
const preferred = { openFiles: 65_536, processes: 32_768 } as const;

/** Name of a lab's container. */
export function containerName(id: string): string {
  return `tadak-${id}`;
}

/** Builds the arguments after the engine's name. */
export function buildRunArguments(options: RunArgumentsOptions): string[] {
  const { id, owner, home, image, program, idMap, limitArguments, diskMb, hardLimits } = options;
  const openFiles = Math.min(preferred.openFiles, hardLimits.openFiles);
  const processes = Math.min(preferred.processes, hardLimits.processes);
  return [
    ...['run', '--detach', '--name', containerName(id), '--hostname', 'lab', '--pull', 'never'],
    ...Object.entries({ home, learner: owner.learner, server: owner.server }).flatMap(([name, value]) => [
      '--label',
      `${labelNames[name as keyof typeof labelNames]}=${value}`,
    ]),
    ...['--systemd', 'always', '--network', 'none', '--no-hosts', '--cgroupns', 'private'],
    ...['--uidmap', idMap, '--gidmap', idMap],
    ...['--cap-add', 'all', '--cap-drop', droppedCapabilities.join(',')],
    // A container in the lab mounts its own /proc, which the kernel allows only where nothing hides parts of ours. What is
    // written there belongs to the host's root, who is nobody here.
    ...['--security-opt', 'unmask=ALL'],
    ...limitArguments,
    ...['--ulimit', `nofile=${openFiles}:${openFiles}`, '--ulimit', `fsize=${diskMb * 2 ** 20}:${diskMb * 2 ** 20}`],
    ...['--ulimit', `nproc=${processes}:${processes}`, '--ulimit', 'core=0:0'],
    ...volumePaths.flatMap((path) => ['--volume', path]),
    ...[image, program],
  ];
}
