/**
 * What labs must reach on two cores without hardware virtualisation, and what stands in the way where they do not.
 */
import type { Localized } from '../../src/course/locales.ts';
import type { Figures } from '../figures.ts';
import type { BenchOptions } from './options.ts';

/** Whether a goal holds. */
export interface GoalResult {
  /** The key of the figure. */
  readonly key: string;
  readonly value: number;
  /** The figure's upper limit. */
  readonly bound: number;
  readonly holds: boolean;
  /** What the figure is made of, for one that is missed. */
  readonly boundedBy: Localized;
}

interface Goal {
  readonly key: string;
  readonly bound: Readonly<Record<BenchOptions['kind'], number>>;
  readonly boundedBy: Localized;
}

const both = (bound: number) => ({ qemu: bound, container: bound });

const login: Localized = {
  ko: '셸을 여는 시간이에요. 에뮬레이션에서는 로그인 하나에 수백 ms가 들어요. 바쁜 컴퓨터에서는 더 들어요',
  en: 'opening a shell: one login takes some hundred ms under emulation, and more on a busy machine',
};

/** All goals. */
export const goals: readonly Goal[] = [
  { key: 'readyPromptP95Ms', bound: both(500), boundedBy: login },
  {
    key: 'clonePromptP95Ms',
    bound: both(2_000),
    boundedBy: {
      ko: '게스트 안에서 도는 것들이에요: claim 프로그램, SSH 키 교환, 로그인. 복제 자체는 0.2초면 돼요',
      en: 'what runs in the guest: the claim program, the ssh key exchange, the login; the clone itself takes 0.2 s',
    },
  },
  {
    key: 'memoryAt20Mb',
    bound: { qemu: 140, container: 40 },
    boundedBy: {
      ko: '깨어난 뒤 게스트가 고쳐 쓰는 메모리와 번역한 코드(실습마다 최대 64 MiB)예요',
      en: 'pages that the guest changes after it woke, and translated code (up to 64 MiB a lab)',
    },
  },
  {
    key: 'trivialCheckP95Ms',
    bound: both(300),
    boundedBy: {
      ko: 'SSH 세션 하나와 bash 하나를 켜는 시간이에요',
      en: 'one ssh session and one bash, started anew for every script',
    },
  },
  {
    key: 'lessonCheckP95Ms',
    bound: both(1_000),
    boundedBy: {
      ko: '점검이 부르는 프로그램(docker, systemctl)을 켜는 시간이에요',
      en: 'the programs that a check starts (docker, systemctl)',
    },
  },
  {
    key: 'resetStepP95Ms',
    bound: both(1_500),
    boundedBy: {
      ko: '되돌리는 스크립트가 하는 일이에요(컨테이너 멈추기와 지우기)',
      en: 'what the step’s script does (stopping and removing containers)',
    },
  },
];

/** Judges the figures of a run; goals whose figures were not measured are left out. */
export function judge(figures: Figures, kind: BenchOptions['kind']): readonly GoalResult[] {
  return goals.flatMap(({ key, bound: bounds, boundedBy }) => {
    const value = figures[key];
    const bound = bounds[kind];
    return typeof value === 'number' ? { key, value, bound, holds: value <= bound, boundedBy } : [];
  });
}
