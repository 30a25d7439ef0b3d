/**
 * The command line's sentences in both languages. Faults bring their own.
 */
import type { Localized } from '../../src/course/locales.ts';
import type { LabKind } from '../lab/lab.ts';

const kinds: Readonly<Record<LabKind, Localized>> = {
  qemu: { ko: 'QEMU 가상 머신', en: 'QEMU virtual machines' },
  ssh: { ko: 'SSH로 접속하는 VM', en: 'a VM over SSH' },
  container: { ko: '컨테이너', en: 'containers' },
  local: { ko: '이 컴퓨터의 셸(개발용)', en: 'a shell on this computer (for development)' },
};

/** Whether labs of this kind are made from an image of ours. */
const hasImage = (kind: LabKind) => kind === 'qemu' || kind === 'container';

/** A lesson that was just made. */
interface NewLesson {
  readonly folder: string;
  readonly lesson: string;
  /** The option that names its course; empty for the project's own. */
  readonly course: string;
}

/** Sentences by name. */
export const words = {
  listening: (url: string): Localized => ({
    ko: `타닥이 켜졌어요: ${url}  (끝내려면 Ctrl-C)`,
    en: `Tadak is at ${url}  (Ctrl-C to stop)`,
  }),
  preparingLabs: (kind: LabKind, folder: string): Localized => ({
    ko: `실습 환경(${kinds[kind].ko})을 준비해요.${hasImage(kind) ? ` 처음에는 이미지를 만드느라 몇 분 걸려요(${folder}).` : ''}`,
    en: `Preparing labs (${kinds[kind].en}).${hasImage(kind) ? ` The first time this builds an image, which takes some minutes (${folder}).` : ''}`,
  }),
  labTotals: (labs: number, eachMb: number): Localized => ({
    ko: `실습 환경은 동시에 ${labs}대까지 켜요(하나가 메모리를 ${eachMb}MB까지 써요). 바꾸려면 --labs-memory, --max-labs`,
    en: `Up to ${labs} labs at the same time (each may take ${eachMb} MB of memory). To change it: --labs-memory, --max-labs`,
  }),
  siteBuilt: (seconds: number, folder: string): Localized => ({
    ko: `사이트를 만들었어요(${seconds}초, ${folder}).`,
    en: `The site is built (${seconds} s, ${folder}).`,
  }),
  labsReady: (seconds: number): Localized => ({
    ko: `실습 환경을 쓸 수 있어요(준비에 ${seconds}초).`,
    en: `Labs are ready (${seconds} s).`,
  }),
  ending: {
    ko: '끝내고 있어요. 실습 환경을 정리해요. (한 번 더 누르면 바로 끝나요)',
    en: 'Stopping: clearing the labs. (Press again to stop at once.)',
  },
  ended: { ko: '끝났어요.', en: 'Stopped.' },
  crashed: (log: string): Localized => ({
    ko: `타닥의 오류로 서버가 멈췄어요. 까닭은 ${log} 의 마지막 줄에 있어요. 다시 시작해 주세요.`,
    en: `The server ended by an error of its own; ${log} says in its last line what it was. Start it again.`,
  }),
  labsOutlive: {
    ko: '켜져 있던 실습 환경은 그대로예요. 다음에 시작하면 이어서 써요.',
    en: 'Labs that were running run on; the next start goes on with them.',
  },
  labsKept: {
    ko: '켜져 있던 실습 환경은 그대로 두었어요. 다음에 시작하면 이어서 써요. 끄려면 --keep-labs 없이 시작했다가 끝내세요.',
    en: 'Labs that were running run on; the next start goes on with them. To end them, start without --keep-labs and stop.',
  },
  endedLate: {
    ko: '시간 안에 다 정리하지 못했어요. 남은 실습 환경은 다음에 시작할 때 이어받거나 정리해요.',
    en: 'Not everything was cleared in time. Labs that are left are taken over or cleared at the next start.',
  },
  built: (folder: string): Localized => ({ ko: `사이트를 만들었어요: ${folder}`, en: `The site is built: ${folder}` }),
  cloudBuilding: (name: string): Localized => ({
    ko: `클라우드 이미지 ${name} 를 받아 한 번 켜고, 진짜 인터넷에서 실습에 필요한 것을 설치해요. 이 동안 그 VM은 이 컴퓨터가 닿는 곳에 모두 닿아요.`,
    en: `The cloud image ${name} is fetched and booted once, to install what labs need from the real Internet. Meanwhile its VM reaches whatever this machine reaches.`,
  }),
  cloudBuilt: (folder: string, seconds: number): Localized => ({
    ko: `실습 이미지를 만들었어요(${seconds}초): ${folder}\n쓰려면: npm start -- --lab qemu --image ${folder}`,
    en: `The lab image is made (${seconds} s): ${folder}\nUse it with: npm start -- --lab qemu --image ${folder}`,
  }),
  cloudIsOld: (folder: string): Localized => ({
    ko: `같은 이미지로 만든 것이 이미 있어요: ${folder}\n새 이미지가 나왔는지 보려면 --refresh, 새로 설치하려면 --force 를 붙여요.`,
    en: `It is there already, made from the same image: ${folder}\n--refresh asks for a newer image, --force installs anew.`,
  }),
  cloudGivenUp: {
    ko: '그만뒀어요. 받던 이미지는 다음에 거기부터 이어 받아요.',
    en: 'Given up. What was fetched of the image is gone on with next time.',
  },
  lintClean: { ko: '강의에 고칠 곳이 없어요.', en: 'The course has no problems.' },
  playing: (lessons: number, jobs: number, kind: LabKind): Localized => ({
    ko: `레슨 ${lessons}개를 해 봐요(${kinds[kind].ko}, 한꺼번에 ${jobs}개).`,
    en: `Playing ${lessons} lessons (${kinds[kind].en}, ${jobs} at a time).`,
  }),
  playingAgain: (lesson: string): Localized => ({
    ko: `실패한 레슨을 새 실습 환경에서 한 번 더 해 봐요: ${lesson}`,
    en: `The lesson that failed is played once more on a fresh lab: ${lesson}`,
  }),
  noContainers: (why: Localized): Localized => ({
    ko: `컨테이너를 쓸 수 없어 모두 가상 머신에서 해 봐요. ${why.ko}`,
    en: `Containers cannot be used, so virtual machines play everything. ${why.en}`,
  }),
  nothingChanged: (since: string): Localized => ({
    ko: `${since} 뒤로 바뀐 레슨이 없어요.`,
    en: `No lesson changed since ${since}.`,
  }),
  noFreshLab: (kind: LabKind): Localized => ({
    ko: `play는 버려도 되는 새 실습 환경이 필요해요. ${kinds[kind].ko}에서는 하지 않아요.`,
    en: `play needs fresh labs that can be thrown away, so it does not run on ${kinds[kind].en}.`,
  }),
  recorded: (lessons: readonly string[]): Localized => ({
    ko: `확인한 레슨을 적었어요: ${lessons.join(', ') || '없음'}`,
    en: `Recorded as verified: ${lessons.join(', ') || 'none'}`,
  }),
  wrote: (path: string): Localized => ({ ko: `${path} 를 썼어요.`, en: `Wrote ${path}.` }),
  gaveUp: { ko: '그만뒀어요. 남은 실습 환경은 없어요.', en: 'Given up. No lab is left.' },
  lintFound: (errors: number, warnings: number): Localized => ({
    ko: `오류 ${errors}개, 주의 ${warnings}개`,
    en: `${errors} errors, ${warnings} warnings`,
  }),
  courseBlocked: {
    ko: '위의 오류를 고칠 때까지 점검과 퀴즈는 마지막으로 맞았던 내용을 써요.',
    en: 'Until these errors are mended, checks and quizzes stay with the last good course.',
  },
  courseMended: { ko: '고쳤어요. 새 내용을 써요.', en: 'Mended: the course as it is now is in use.' },
  previewing: (url: string, folder: string): Localized => ({
    ko: `미리 보기: ${url}  저장하면 바로 보여요(${folder}). 끝내려면 Ctrl-C`,
    en: `Preview at ${url}  Saved files show at once (${folder}). Ctrl-C to stop`,
  }),
  chapterAdded: (chapter: string, path: string): Localized => ({
    ko: `${path} 에 챕터 "${chapter}"를 더했어요. 제목을 적어 주세요.`,
    en: `Added the chapter "${chapter}" to ${path}. Give it its titles there.`,
  }),
  afterNewLesson: ({ folder, lesson, course }: NewLesson): Localized => {
    const option = course === '' ? '' : ` --${course}`;
    return {
      ko: [
        `이제 ${folder} 의 파일을 고쳐서 내 레슨으로 만들어요.`,
        `  고치면서 보기: npm run dev${option}`,
        `  고칠 곳 찾기: npm run lint:course${option}`,
        `  새 실습 환경에서 해 보기: npm run play -- ${lesson}${course}`,
        '쓰는 법은 docs/tutorial.md 와 docs/authoring.md 에 있어요.',
      ].join('\n'),
      en: [
        `Now change the files in ${folder} into your lesson.`,
        `  see it while you write: npm run dev${option}`,
        `  look for problems: npm run lint:course${option}`,
        `  prove it on a fresh lab: npm run play -- ${lesson}${course}`,
        'How to write a lesson: docs/tutorial.md and docs/authoring.md.',
      ].join('\n'),
    };
  },
  unknownVerb: (verb: string): Localized => ({
    ko: `모르는 명령이에요: ${verb}. 쓸 수 있는 명령은 tadak --help 로 볼 수 있어요.`,
    en: `Unknown command: ${verb}. See tadak --help.`,
  }),
  badUsage: (detail: string): Localized => ({
    ko: `명령을 이해하지 못했어요(${detail}). tadak --help 를 보세요.`,
    en: `Wrong usage (${detail}). See tadak --help.`,
  }),
} as const;
