/**
 * Why a step is for reading in some labs, and where it can be done, in words. Pure.
 * Knows nothing about who says it: the page, the check, the doctor and play use the same sentences.
 */
import { type Capability, capabilityNames, homesOf, type LabHome } from './capabilities.ts';
import type { Locale, Localized } from './locales.ts';

const homeNames: Readonly<Record<LabHome, Localized>> = {
  qemu: { ko: '실습용 가상 머신(`--lab qemu`)', en: 'the course’s virtual machine (`--lab qemu`)' },
  'qemu-selinux': {
    ko: 'SELinux 레슨에서 시작한 실습용 가상 머신(`--lab qemu`)',
    en: 'the course’s virtual machine (`--lab qemu`), started from the lesson on SELinux',
  },
  'qemu-internet': {
    ko: '진짜 인터넷을 허용한 가상 머신(`--lab qemu --allow-internet`)',
    en: 'a virtual machine with real Internet access (`--lab qemu --allow-internet`)',
  },
  'qemu-el9': {
    ko: 'EL 9 클라우드 이미지로 만든 가상 머신(`tadak lab build --from rocky-9`)',
    en: 'a virtual machine made from an EL 9 cloud image (`tadak lab build --from rocky-9`)',
  },
  'qemu-el10': {
    ko: 'EL 10 클라우드 이미지로 만든 가상 머신(`tadak lab build --from centos-stream-10`)',
    en: 'a virtual machine made from an EL 10 cloud image (`tadak lab build --from centos-stream-10`)',
  },
  container: { ko: '컨테이너(`--lab container`)', en: 'a container (`--lab container`)' },
  'container-kernel': {
    ko: '커널이 허용하는 컴퓨터의 컨테이너(`--lab container`)',
    en: 'a container on a computer whose kernel allows it (`--lab container`)',
  },
  ssh: {
    ko: '필요한 것이 있는 여러분의 머신(`--lab ssh://…`)',
    en: 'a machine of your own that has what it needs (`--lab ssh://…`)',
  },
};

/** What `needs` are called, in one line. */
export function nameNeeds(needs: readonly Capability[], locale: Locale): string {
  return needs.map((need) => capabilityNames[need][locale]).join(', ');
}

/** Where a step with `needs` can be done. A sentence. */
export function whereToDo(needs: readonly Capability[]): Localized {
  const homes = homesOf(needs);
  if (homes.length === 0)
    return { ko: '모두 갖춘 실습 머신은 없어요.', en: 'No kind of lab has all that this step needs.' };
  const names = (locale: Locale) => homes.map((home) => homeNames[home][locale]);
  return {
    ko: `해 볼 수 있는 곳: ${names('ko').join(', ')}.`,
    en: `It can be done on: ${names('en').join('; ')}.`,
  };
}

/** That a step is for reading in a lab without `missing`. Sentences. */
export function isForReading(missing: string): Localized {
  return {
    ko: `이 실습 머신에 없는 것: ${missing}. 그래서 이 단계는 읽기만 해요. 여러분의 결과에 영향을 주지 않아요.`,
    en: `This lab lacks: ${missing}. So this step is for reading; it does not count against you.`,
  };
}
