/**
 * What a lab can offer, what a step can need, and which kinds of lab have it: one vocabulary for labs, lessons, lint and play.
 * Knows nothing about how a lab provides them.
 */
import type { Localized } from './locales.ts';

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

const same = (name: string): Localized => ({ ko: name, en: name });

/** What people call each of them. */
export const capabilityNames: Readonly<Record<Capability, Localized>> = {
  systemd: same('systemd'),
  nm: same('NetworkManager'),
  nat: { ko: 'NAT 네트워크', en: 'NAT network' },
  'host-only': { ko: 'Host-only 네트워크', en: 'host-only network' },
  firewalld: same('firewalld'),
  cgroups: { ko: '컨트롤 그룹 제한', en: 'limits by control groups' },
  overlay: { ko: 'overlay 마운트', en: 'overlay mounts' },
  docker: same('Docker'),
  podman: same('Podman'),
  hub: { ko: '이미지 저장소', en: 'image registry' },
  dnf: same('dnf'),
  selinux: same('SELinux'),
  el8: same('EL 8'),
  el9: same('EL 9'),
  el10: same('EL 10'),
  debian: same('Debian'),
  reboot: { ko: '재부팅', en: 'reboot' },
  'own-kernel': { ko: '자기 커널', en: 'own kernel' },
  internet: { ko: '인터넷', en: 'Internet' },
  snapshot: { ko: '스냅숏', en: 'snapshots' },
};

/** The kinds of lab that a step can be sent to, the nearest first. */
export const labHomes = [
  'qemu', // the course's usual virtual machine
  'qemu-selinux', // the one with SELinux
  'qemu-internet', // one with real Internet access
  'qemu-el9', // one made from a distribution's cloud image
  'qemu-el10',
  'container',
  'container-kernel', // a container on a host whose kernel lets it have limits and overlays of its own
  'ssh', // somebody's own machine, which may have it
] as const;

/** One of them. */
export type LabHome = (typeof labHomes)[number];

const ofCourse = ['qemu', 'qemu-selinux', 'qemu-internet', 'container', 'container-kernel'] as const;
const virtual = ['qemu', 'qemu-selinux', 'qemu-internet', 'qemu-el9', 'qemu-el10'] as const;

/** Which kinds of lab have it. `ssh` stands for all that is true of some machine that a student may bring. */
export const capabilityHomes: Readonly<Record<Capability, readonly LabHome[]>> = {
  systemd: labHomes,
  nm: labHomes,
  nat: labHomes,
  'host-only': labHomes,
  firewalld: labHomes,
  cgroups: [...virtual, 'container-kernel', 'ssh'],
  overlay: [...virtual, 'container-kernel', 'ssh'],
  docker: labHomes,
  podman: labHomes,
  hub: labHomes,
  dnf: labHomes,
  selinux: ['qemu-selinux', 'qemu-el9', 'qemu-el10', 'ssh'],
  el8: ['ssh'],
  el9: ['qemu-el9', 'ssh'],
  el10: ['qemu-el10', 'ssh'],
  debian: [...ofCourse, 'ssh'],
  reboot: [...virtual, 'ssh'],
  'own-kernel': [...virtual, 'ssh'],
  internet: ['qemu-internet', 'ssh'],
  snapshot: virtual,
};

/** Where all of `needs` are; a special kind is named only where the plain one does not do. */
export function homesOf(needs: readonly Capability[]): readonly LabHome[] {
  const homes = labHomes.filter((home) => needs.every((need) => capabilityHomes[need].includes(home)));
  return homes.filter((home) => !homes.some((plain) => home.startsWith(`${plain}-`)));
}
