/**
 * What a lab can offer and what a step can need: one vocabulary for labs, lessons, lint and play.
 * Knows nothing about how a lab provides them.
 */

/** Every capability, with the word used in `needs:` of a lesson. */
export const capabilities = [
  'systemd', // systemd is PID 1 and hostnamectl, systemctl work
  'nm', // NetworkManager manages ens33
  'nat', // the NAT network answers: gateway .2, DNS, a stub of the Internet
  'host-only', // a second card, ens34, on the host-only network
  'firewalld',
  'cgroups', // control groups with memory, CPU and process limits for the containers in the lab
  'overlay', // root can mount an overlay over folders of its own
  'docker', // Docker Engine runs and the course's images are loaded
  'podman',
  'hub', // the lab's registry on localhost:5001
  'dnf',
  'selinux',
  'el8',
  'el9',
  'el10',
  'debian',
  'reboot', // the machine can be rebooted by the student
  'own-kernel', // the kernel belongs to this lab alone
  'internet', // the operator allows real Internet access
  'snapshot', // the lab can go back to an earlier state by itself
] as const;

/** One thing a lab can offer. */
export type Capability = (typeof capabilities)[number];
