/**
 * What a lab can offer and what a step can need: one vocabulary for labs, lessons, lint and play.
 * Knows nothing about how a lab provides them.
 */

/** Every capability, with the word used in `needs:` of a lesson and what it means. */
export const capabilityMeanings = {
  systemd: 'systemd is PID 1; `hostnamectl` and `systemctl` work',
  nm: 'NetworkManager manages `ens33`',
  nat: 'the NAT network answers: gateway .2, DNS, a stub of the Internet',
  'host-only': 'a second card, `ens34`, on the host-only network',
  firewalld: 'firewalld runs',
  cgroups: 'control groups limit memory, CPU and processes of the containers in the lab',
  overlay: 'root can mount an overlay over folders of its own',
  docker: 'Docker Engine runs and the course’s images are loaded',
  podman: 'Podman is installed',
  hub: 'the lab’s registry answers on `localhost:5001`',
  dnf: 'packages are installed with `dnf`',
  selinux: 'SELinux is there',
  el8: 'the machine is an Enterprise Linux 8',
  el9: 'the machine is an Enterprise Linux 9',
  el10: 'the machine is an Enterprise Linux 10',
  debian: 'the machine is a Debian',
  reboot: 'the student can reboot the machine',
  'own-kernel': 'the kernel belongs to this lab alone',
  internet: 'the operator allows real Internet access',
  snapshot: 'the lab can go back to an earlier state by itself',
} as const;

/** One thing a lab can offer. */
export type Capability = keyof typeof capabilityMeanings;
/** Every capability. */
export const capabilities = Object.keys(capabilityMeanings) as readonly Capability[];
