/**
 * Which system calls a lab may not make under Docker, as the engine's seccomp profile. Docker's own profile refuses the keyrings
 * that a Docker inside the lab joins for every container; beyond that this one refuses what Docker's does for a container without the
 * rights over the kernel that labs do not have. Pure data.
 * Format: https://docs.docker.com/engine/security/seccomp/
 */

/** Loading code into the kernel, its clock, its log, its disks and ports, and doors that many holes were found behind. */
const refused = [
  ...['init_module', 'finit_module', 'delete_module', 'create_module', 'query_module', 'get_kernel_syms'],
  ...['kexec_load', 'kexec_file_load', 'bpf', 'perf_event_open', 'userfaultfd', 'lookup_dcookie'],
  ...['io_uring_setup', 'io_uring_enter', 'io_uring_register', 'open_by_handle_at'],
  ...['settimeofday', 'clock_settime', 'clock_settime64', 'clock_adjtime', 'clock_adjtime64', 'adjtimex', 'stime'],
  ...['syslog', 'acct', 'swapon', 'swapoff', 'quotactl', 'quotactl_fd', 'nfsservctl', '_sysctl', 'sysfs', 'ustat'],
  ...['iopl', 'ioperm', 'vm86', 'vm86old', 'uselib', 'move_pages', 'add_key', 'request_key'],
] as const;

const notPermitted = 1;

/** The profile. It names no architecture, so calls of any other than the host's own are refused whole. */
export const systemCallProfile = {
  defaultAction: 'SCMP_ACT_ALLOW',
  syscalls: [{ names: refused, action: 'SCMP_ACT_ERRNO', errnoRet: notPermitted }],
} as const;
