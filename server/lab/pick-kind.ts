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
  /** Labs are to reach the real Internet, which containers do not. */
  readonly wantsInternet: boolean;
  /**
   * Podman without root: it works, does not, or would be root's because the server is; `untried` when nobody looked, because the
   * answer would change nothing.
   */
  readonly rootless: 'works' | 'fails' | 'of-root' | 'untried';
  /** Steps of the course that a virtual machine can do and a container cannot. */
  readonly stepsLost: number;
}

/** The choice. */
export interface PickedKind {
  readonly kind: 'qemu' | 'container';
  readonly why: Localized;
}

const reasons = {
  kvm: {
    ko: 'KVM을 쓸 수 있어 실습을 QEMU 가상 머신으로 켜요.',
    en: 'KVM can be used, so labs are QEMU virtual machines.',
  },
  untried: {
    ko: 'KVM을 열 수 있어 실습을 QEMU 가상 머신으로 켜요(정말 도는지는 곧 시험해요).',
    en: 'KVM can be opened, so labs are QEMU virtual machines (whether it runs a guest is tried soon).',
  },
  internet: {
    ko: '쓸 수 있는 KVM은 없지만 --allow-internet 은 가상 머신에서만 되어서, 실습을 소프트웨어 에뮬레이션(QEMU)으로 켜요.',
    en: 'There is no usable KVM, but --allow-internet is for virtual machines only, so labs are emulated in software (QEMU).',
  },
  shared: {
    ko: '쓸 수 있는 KVM이 없고 여러 사람이 쓰는 서버라 실습을 소프트웨어 에뮬레이션(QEMU)으로 켜요.',
    en: 'There is no usable KVM and others reach this server, so labs are emulated in software (QEMU).',
  },
  ofRoot: {
    ko: '쓸 수 있는 KVM이 없고 서버가 root라서(컨테이너는 root 없이 돌 때만 저절로 골라요) 실습을 소프트웨어 에뮬레이션(QEMU)으로 켜요. 느리지만 모든 단계를 할 수 있어요. 더 빠른 컨테이너는 --lab container.',
    en: 'There is no usable KVM and the server is root (containers are picked only where they run without), so labs are emulated in software (QEMU): slower, but every step can be done. Containers are faster: --lab container.',
  },
  fails: {
    ko: '쓸 수 있는 KVM도, root 없이 도는 Podman도 없어 실습을 소프트웨어 에뮬레이션(QEMU)으로 켜요. Podman에 무엇이 모자란지는 npm run doctor -- --lab container.',
    en: 'There is neither a usable KVM nor a Podman that works without root, so labs are emulated in software (QEMU). What Podman lacks: npm run doctor -- --lab container.',
  },
} as const satisfies Record<string, Localized>;

const containers = {
  ko: '쓸 수 있는 KVM이 없고, 혼자 쓰는 서버에 root 없이 도는 Podman이 있어 실습을 컨테이너로 켜요.',
  en: 'There is no usable KVM, one person uses this server, and Podman works without root, so labs are containers.',
} as const;

/** What is given up for the speed. */
function priceOf(steps: number): Localized {
  if (steps === 0) return { ko: '모든 단계를 할 수 있어요.', en: 'Every step can be done.' };
  return {
    ko: `자기 커널, SELinux, 재부팅이 필요한 단계 ${steps}개는 읽을거리가 돼요. 느려도 모두 하려면 --lab qemu.`,
    en: `${steps} of the course’s steps, which need a kernel of their own, SELinux or a reboot, can only be read there; slower, but with all of them: --lab qemu.`,
  };
}

/** Picks. */
export function pickLabKind({ accelerator, isLoopback, wantsInternet, rootless, stepsLost }: HostFacts): PickedKind {
  if (accelerator === 'kvm') return { kind: 'qemu', why: reasons.kvm };
  if (accelerator === 'untried') return { kind: 'qemu', why: reasons.untried };
  if (wantsInternet) return { kind: 'qemu', why: reasons.internet };
  if (!isLoopback) return { kind: 'qemu', why: reasons.shared };
  if (rootless === 'of-root') return { kind: 'qemu', why: reasons.ofRoot };
  if (rootless !== 'works') return { kind: 'qemu', why: reasons.fails };
  const price = priceOf(stepsLost);
  return {
    kind: 'container',
    why: { ko: `${containers.ko} ${price.ko}`, en: `${containers.en} ${price.en}` },
  };
}
