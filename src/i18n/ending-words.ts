/**
 * What is said when a lab is about to be ended. Apart from the other texts: pages load it only then.
 */
import type { Locale } from '../course/locales.ts';

/** Why a lab ends, as the server says it. */
export type EndReason = 'unused' | 'left' | 'old';

/** The texts of one language; `time` is the time of day. */
export interface EndingWords {
  readonly warning: (time: string, why: EndReason) => string;
  readonly extend: string;
}

/** Both languages. */
export const endingWords: Readonly<Record<Locale, EndingWords>> = {
  ko: {
    warning: (time, why) =>
      why === 'old'
        ? `실습 머신이 쓸 수 있는 시간을 거의 다 썼어요. ${time}에 꺼져요.`
        : `오래 쓰지 않아서 ${time}에 실습 머신을 꺼요.`,
    extend: '더 쓰기',
  },
  en: {
    warning: (time, why) =>
      why === 'old'
        ? `The lab’s time is nearly up. It ends at ${time}.`
        : `Nobody has used the lab for a long time. It ends at ${time}.`,
    extend: 'Keep it',
  },
};
