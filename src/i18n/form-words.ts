/**
 * Sentences of form steps and of the drawings beside them, apart from the dictionary: few pages have a form, and only
 * those load them. Knows nothing about who shows them.
 */
import type { Locale } from '../course/locales.ts';

const ko = {
  noLab: '실습 머신 없이 해요',
  clear: '모두 지우기',
  clearConfirm: '이 양식에 적은 것을 모두 지워요. 지울까요?',
  cleared: '모두 지웠어요.',
  regressed: '전에 마친 단계예요. 마친 것은 그대로 남아 있어요.',
  // The drawing of a virtual network
  none: '아직 적은 주소가 없어요. 칸을 채우면 그림이 따라와요.',
  subnet: (name: string, subnet: string) => `네트워크 ${[name, subnet].filter(Boolean).join(', ')}.`,
  host: (address: string) => `호스트 어댑터 ${address}.`,
  gateway: (address: string) => `NAT 장치 ${address}.`,
  machine: (address: string) => `VM ${address}.`,
  pool: (first: string, last: string) => `DHCP가 빌려주는 주소 ${first} – ${last}.`,
  nat: '바깥에는 NAT 장치를 거쳐 나가요.',
  'host-only': '바깥으로 나가는 길은 없어요.',
  bridged: '집이나 회사의 네트워크에 바로 붙어요.',
  outside: '네트워크 밖',
  clash: '같은 주소',
  pooled: 'DHCP 범위 안',
  backwards: '끝이 앞서요',
};
/** All of them in one language. */
export type FormWords = typeof ko;

const en: FormWords = {
  noLab: 'No lab needed',
  clear: 'Clear the form',
  clearConfirm: 'This clears everything you filled in here. Clear it?',
  cleared: 'Cleared.',
  regressed: 'You have passed this step before, and that is kept.',
  none: 'No addresses yet. The drawing follows as you fill in the form.',
  subnet: (name, subnet) => `Network ${[name, subnet].filter(Boolean).join(', ')}.`,
  host: (address) => `Host adapter ${address}.`,
  gateway: (address) => `NAT device ${address}.`,
  machine: (address) => `VM ${address}.`,
  pool: (first, last) => `DHCP lends ${first} to ${last}.`,
  nat: 'The way out goes through the NAT device.',
  'host-only': 'There is no way out.',
  bridged: 'It joins your home or office network directly.',
  outside: 'outside',
  clash: 'same address',
  pooled: 'in the DHCP range',
  backwards: 'ends too early',
};

/** The sentences by language. */
export const formWords: Readonly<Record<Locale, FormWords>> = { ko, en };
