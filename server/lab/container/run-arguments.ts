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
 * What root of a lab may do in its own namespaces. Left out are rights over the kernel itself (modules, clock, raw ports, log, BPF, the
 * security modules): in a user namespace they would open nothing, but they would let calls through the engine's system call filter that
 * a lab has no use for.
 */
export const grantedCapabilities = [
  ...['CHOWN', 'DAC_OVERRIDE', 'DAC_READ_SEARCH', 'FOWNER', 'FSETID', 'SETFCAP', 'MKNOD', 'IPC_OWNER'],
  ...['KILL', 'SETGID', 'SETUID', 'SETPCAP', 'SYS_PTRACE', 'SYS_NICE', 'SYS_RESOURCE', 'SYS_BOOT', 'AUDIT_WRITE'],
  ...['NET_ADMIN', 'NET_BIND_SERVICE', 'NET_BROADCAST', 'NET_RAW', 'SYS_ADMIN', 'SYS_CHROOT', 'SYS_TTY_CONFIG'],
] as const;

/** More than any lesson needs; what counts for processes is the limit of the lab's control group. */
const preferred = { openFiles: 65_536, processes: 32_768 } as const;

/** Name of a lab's container. */
export function containerName(id: string): string {
  return `tadak-${id}`;
}

/** Builds the arguments after `podman`; `idMap` is for `--uidmap` and `--gidmap`. */
export function buildPodmanArguments(options: RunArgumentsOptions, idMap: string): string[] {
  return [
    ...commonArguments(options),
    ...['--systemd', 'always', '--no-hosts'],
    ...['--uidmap', idMap, '--gidmap', idMap],
    // A container in the lab mounts its own /proc, which the kernel allows only where nothing hides parts of ours. What is
    // written there belongs to the host's root, who is nobody here.
    ...['--security-opt', 'unmask=ALL'],
    ...[options.image, options.program],
  ];
}

/** Builds the arguments after `docker`, whose daemon maps the users; `profile` is the file with the system calls that are refused. */
export function buildDockerArguments(options: RunArgumentsOptions, profile: string): string[] {
  return [
    ...commonArguments(options),
    // What Podman does by itself for systemd.
    ...['--tmpfs', '/run:exec', '--tmpfs', '/run/lock', '--tmpfs', '/tmp:exec,mode=1777'],
    ...['--env', 'container=docker', '--stop-signal', 'RTMIN+3'],
    ...['--security-opt', 'systempaths=unconfined', '--security-opt', `seccomp=${profile}`],
    // Docker's AppArmor profile, where there is one, allows no mount at all, which systemd and Docker in the lab need.
    ...['--security-opt', 'apparmor=unconfined'],
    ...[options.image, options.program],
  ];
}

function commonArguments(options: RunArgumentsOptions): string[] {
  const { id, owner, home, limitArguments, diskMb, hardLimits } = options;
  const openFiles = Math.min(preferred.openFiles, hardLimits.openFiles);
  const processes = Math.min(preferred.processes, hardLimits.processes);
  return [
    ...['run', '--detach', '--name', containerName(id), '--hostname', 'lab', '--pull', 'never'],
    ...Object.entries({ home, learner: owner.learner, server: owner.server }).flatMap(([name, value]) => [
      '--label',
      `${labelNames[name as keyof typeof labelNames]}=${value}`,
    ]),
    ...['--network', 'none', '--cgroupns', 'private'],
    ...['--cap-drop', 'ALL', ...grantedCapabilities.flatMap((name) => ['--cap-add', name])],
    ...limitArguments,
    ...['--ulimit', `nofile=${openFiles}:${openFiles}`, '--ulimit', `fsize=${diskMb * 2 ** 20}:${diskMb * 2 ** 20}`],
    ...['--ulimit', `nproc=${processes}:${processes}`, '--ulimit', 'core=0:0'],
    ...volumePaths.flatMap((path) => ['--volume', path]),
  ];
}
