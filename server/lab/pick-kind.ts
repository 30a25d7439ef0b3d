/**
 * `--lab auto`: which kind of lab suits this host best, and why. Pure. Knows nothing about how the facts are found out.
 */
import type { Localized } from '../../src/course/locales.ts';

/** What the choice depends on. */
export interface HostFacts {
  /** `untried`: KVM can be opened, but no guest was run with it yet; `none`: there is none that runs a guest. */
  readonly accelerator: 'kvm' | 'untried' | 'none';
  /** Only people at this very machine reach the server: one person, most likely its owner. */
  readonly isLoopback: boolean;
  /** `untried`: nobody looked, because the answer would change nothing. */
  readonly container: 'usable' | 'unusable' | 'untried';
  /** Whether a container lab runs every step of the course that a virtual machine runs. */
  readonly containerRunsEveryLesson: boolean;
}

/** The choice. */
export interface PickedKind {
  readonly kind: 'qemu' | 'container';
  readonly why: Localized;
}

/**
 * Not before the proof of every lesson has passed in containers: rebooting, a kernel of one's own and SELinux are steps of
 * the course, and who did not choose a kind should be able to do them all.
 */
export const containerRunsEveryLesson = false;

const reasons = {
  kvm: {
    ko: 'KVM을 쓸 수 있어 실습을 QEMU 가상 머신으로 켜요.',
    en: 'KVM can be used, so labs are QEMU virtual machines.',
  },
  untried: {
    ko: 'KVM을 열 수 있어 실습을 QEMU 가상 머신으로 켜요(정말 도는지는 곧 시험해요).',
    en: 'KVM can be opened, so labs are QEMU virtual machines (whether it runs a guest is tried soon).',
  },
  container: {
    ko: '쓸 수 있는 KVM이 없고 혼자 쓰는 서버라 실습을 컨테이너로 켜요. 가상 머신을 쓰려면 --lab qemu.',
    en: 'There is no usable KVM and one person uses this server, so labs are containers. For virtual machines: --lab qemu.',
  },
  lessons: {
    ko: '쓸 수 있는 KVM이 없어 실습을 소프트웨어 에뮬레이션(QEMU)으로 켜요. 느리지만 모든 단계를 할 수 있어요. 더 빠른 컨테이너는 --lab container.',
    en: 'There is no usable KVM, so labs are emulated in software (QEMU): slower, but every step can be done. Containers are faster: --lab container.',
  },
  shared: {
    ko: '쓸 수 있는 KVM이 없고 여러 사람이 쓰는 서버라 실습을 소프트웨어 에뮬레이션(QEMU)으로 켜요.',
    en: 'There is no usable KVM and others reach this server, so labs are emulated in software (QEMU).',
  },
  unusable: {
    ko: '쓸 수 있는 KVM도 Podman도 없어 실습을 소프트웨어 에뮬레이션(QEMU)으로 켜요.',
    en: 'There is neither a usable KVM nor a usable Podman, so labs are emulated in software (QEMU).',
  },
} as const satisfies Record<string, Localized>;

/** Picks. */
export function pickLabKind(facts: HostFacts): PickedKind {
  if (facts.accelerator === 'kvm') return { kind: 'qemu', why: reasons.kvm };
  if (facts.accelerator === 'untried') return { kind: 'qemu', why: reasons.untried };
  if (!facts.isLoopback) return { kind: 'qemu', why: reasons.shared };
  if (!facts.containerRunsEveryLesson) return { kind: 'qemu', why: reasons.lessons };
  if (facts.container !== 'usable') return { kind: 'qemu', why: reasons.unusable };
  return { kind: 'container', why: reasons.container };
}
