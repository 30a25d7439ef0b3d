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

type ByKind<T> = Readonly<Record<BenchOptions['kind'], T>>;

interface Goal {
  readonly key: string;
  readonly bound: ByKind<number>;
  readonly boundedBy: ByKind<Localized>;
}

const both = <T>(one: T): ByKind<T> => ({ qemu: one, container: one });

/** All goals. */
export const goals: readonly Goal[] = [
  {
    key: 'buildSeconds',
    bound: both(300),
    boundedBy: both({
      ko: '패키지를 받는 망의 빠르기와, 새 머신이 처음 켜지며 데우는 시간(머신마다 1~2분)이에요',
      en: 'the network to the mirror, and the first boot and warming up of each machine, one to two minutes under emulation',
    }),
  },
  {
    key: 'buildFromPackagesSeconds',
    bound: both(180),
    boundedBy: both({
      ko: '새 머신이 처음 켜지며 데우는 시간(머신마다 1~2분)이에요. 이미지 자체는 1분쯤이에요',
      en: 'the first boot and warming up of each machine, one to two minutes under emulation; the image itself takes about one',
    }),
  },
  {
    key: 'readyPromptP95Ms',
    bound: both(500),
    boundedBy: both({
      ko: '셸을 여는 시간이에요. 에뮬레이션에서는 로그인 하나에 수백 ms가 들고, 바쁜 컴퓨터에서는 더 들어요',
      en: 'opening a shell: one login takes some hundred ms under emulation, and more on a busy machine',
    }),
  },
  {
    key: 'pagePromptP95Ms',
    bound: both(500),
    boundedBy: both({
      ko: '미리 켜 둔 것에서 첫 프롬프트까지의 시간에, 페이지가 터미널을 불러와 그리는 시간이 더해져요. 같은 프로세서를 나눠 써요',
      en: 'the time from the pool to the prompt, and on top the page that loads and draws its terminal, on the same processors',
    }),
  },
  {
    key: 'clonePromptP95Ms',
    bound: both(2_000),
    boundedBy: {
      qemu: {
        ko: '게스트 안에서 도는 것들이에요: claim 프로그램, SSH 키 교환, 로그인. 복제는 그에 견주면 짧아요',
        en: 'what runs in the guest: the claim program, the ssh key exchange, the login; the clone itself is short beside them',
      },
      container: {
        ko: '컨테이너 안의 systemd가 서비스(firewalld, docker …)를 다 켜는 시간이에요',
        en: 'the services that systemd starts in the container (firewalld, docker, …)',
      },
    },
  },
  {
    key: 'memoryAt20Mb',
    bound: { qemu: 140, container: 40 },
    boundedBy: {
      qemu: {
        ko: '깨어난 뒤 게스트가 고쳐 쓰는 메모리와 번역한 코드(실습마다 최대 64 MiB)예요',
        en: 'pages that the guest changes after it woke, and translated code (up to 64 MiB a lab)',
      },
      container: {
        ko: '실습마다 도는 Docker Engine, containerd, firewalld, 레지스트리예요. 이것만 100 MB쯤 돼요',
        en: 'Docker Engine, containerd, firewalld and the registry, which run in every lab: some 100 MB by themselves',
      },
    },
  },
  {
    key: 'trivialCheckP95Ms',
    bound: both(300),
    boundedBy: both({
      ko: 'SSH 세션 하나와 bash 하나를 켜는 시간이에요',
      en: 'one ssh session and one bash, started anew for every script',
    }),
  },
  {
    key: 'lessonCheckP95Ms',
    bound: both(1_000),
    boundedBy: both({
      ko: '점검이 부르는 프로그램(docker, systemctl)을 켜는 시간이에요',
      en: 'the programs that a check starts (docker, systemctl)',
    }),
  },
  {
    key: 'checkpointRestoreP95Ms',
    bound: both(1_500),
    boundedBy: both({
      ko: '메모리를 제자리에 두고 나서 SSH가 다시 이어지는 시간이에요',
      en: 'the ssh key exchange in the guest, after the memory is back in its place',
    }),
  },
];

/** Judges the figures of a run; goals whose figures were not measured are left out. */
export function judge(figures: Figures, kind: BenchOptions['kind']): readonly GoalResult[] {
  return goals.flatMap(({ key, ...of }) => {
    const value = figures[key];
    const [bound, boundedBy] = [of.bound[kind], of.boundedBy[kind]];
    return typeof value === 'number' ? { key, value, bound, holds: value <= bound, boundedBy } : [];
  });
}
