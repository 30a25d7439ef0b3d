/**
 * What a lesson's page says when another of the course's machines runs than the one that the lesson begins on. Apart from the
 * dictionaries, which every page loads: few learners meet it.
 */
import type { Locale } from '../course/locales.ts';
import type { Machine } from '../course/machines.ts';

/** The words in one language. */
export interface MachineWords {
  /** By the machine that the lesson begins on. */
  readonly offer: Readonly<Record<Machine, string>>;
  readonly start: string;
}

/** The words by language. */
export const machineWords: Readonly<Record<Locale, MachineWords>> = {
  ko: {
    offer: {
      selinux: '이 레슨에는 SELinux가 켜진 머신이 따로 있어요. 지금 머신에서는 SELinux 단계를 읽기만 해요.',
      usual: '이 레슨은 보통 머신에서 해요. 지금 머신은 SELinux가 켜져 있어서 더 느려요.',
    },
    start: '이 레슨의 머신 켜기',
  },
  en: {
    offer: {
      selinux:
        'This lesson has a machine of its own, where SELinux is on. On the one that is running now, its SELinux steps are only for reading.',
      usual: 'This lesson is made for the usual machine. The one that is running now has SELinux on and is slower.',
    },
    start: "Start this lesson's machine",
  },
};
