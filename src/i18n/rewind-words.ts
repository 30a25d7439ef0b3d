/**
 * What is said when a learner goes back to an earlier state of the lab, or jumps to a step. Apart from the other texts: pages
 * load it only then.
 */
import type { Locale } from '../course/locales.ts';

/** The texts of one language. */
export interface RewindWords {
  readonly title: string;
  /** What going back does, where whole states are kept. */
  readonly whole: string;
  /** What it does elsewhere. */
  readonly scripts: string;
  readonly none: string;
  readonly noneByScripts: string;
  readonly afterStep: (lesson: string, step: string) => string;
  readonly atBeginning: (lesson: string) => string;
  readonly beforeStep: (step: string) => string;
  readonly minutesAgo: (minutes: number) => string;
  readonly goBack: string;
  readonly close: string;
  readonly jump: string;
  /** Before a jump to a state that is kept. */
  readonly jumpWhole: (minutes: number) => string;
  /** Before a jump by scripts. */
  readonly jumpSolves: (steps: readonly string[]) => string;
  readonly jumpResets: (steps: readonly string[]) => string;
  readonly jumpKeeps: string;
  readonly jumping: string;
  readonly jumped: string;
  /** The button that opens the dialog of moments. */
  readonly undo: string;
}

const listed = (steps: readonly string[]) => steps.map((step) => `「${step}」`).join(', ');
const quoted = (steps: readonly string[]) => steps.map((step) => `“${step}”`).join(', ');

/** Both languages. */
export const rewindWords: Readonly<Record<Locale, RewindWords>> = {
  ko: {
    title: '언제로 되돌릴까요?',
    whole:
      '실습 머신 전체가 그때로 돌아가요. 그 뒤에 머신에서 한 일은 사라지고, 터미널은 새로 열려요. 진도와 퀴즈 답은 그대로예요.',
    scripts:
      '이 실습 환경은 상태를 통째로 보관하지 못해요. 고른 단계부터 한 일을 단계마다 있는 되돌리기 스크립트로 되돌려요. 다른 일은 그대로 남아요.',
    none: '아직 보관한 시점이 없어요. 레슨을 열거나 단계를 마치면 그때의 상태를 보관해요.',
    noneByScripts: '이 레슨에서 마친 단계가 아직 없어요.',
    afterStep: (lesson, step) => `${lesson}: 「${step}」 단계를 마쳤을 때`,
    atBeginning: (lesson) => `${lesson}: 시작할 때`,
    beforeStep: (step) => `「${step}」 단계를 하기 전`,
    minutesAgo: (minutes) => (minutes < 1 ? '방금' : `${minutes}분 전`),
    goBack: '되돌리기',
    close: '그만두기',
    jump: '여기서 시작',
    jumpWhole: (minutes) =>
      `실습 머신 전체를 이 단계를 시작하던 때(${minutes < 1 ? '방금' : `${minutes}분 전`})로 되돌려요. 그 뒤에 한 일은 사라지고, 터미널은 새로 열려요.`,
    jumpSolves: (steps) => `앞 단계 ${listed(steps)} 가운데 아직 안 된 것을 모범 풀이로 대신 해요.`,
    jumpResets: (steps) => `이미 한 단계 ${listed(steps)}의 결과는 되돌려요.`,
    jumpKeeps: '대신 한 단계는 마친 것으로 세지 않아요. 몇 분 걸릴 수 있어요.',
    jumping: '이 단계를 시작할 수 있게 준비하고 있어요…',
    jumped: '준비됐어요. 이 단계부터 해 보세요.',
    undo: '되돌리기',
  },
  en: {
    title: 'Go back to when?',
    whole:
      'The whole lab goes back to that moment. What was done in it since is lost, and terminals open anew. Your progress and answers stay.',
    scripts:
      'This kind of lab cannot keep its whole state. What was done from the chosen step on is taken back by the steps’ own scripts; everything else stays.',
    none: 'Nothing is kept yet. The state is kept when a lesson begins and when a step passes.',
    noneByScripts: 'No step of this lesson has been passed yet.',
    afterStep: (lesson, step) => `${lesson}: after “${step}”`,
    atBeginning: (lesson) => `${lesson}: at its beginning`,
    beforeStep: (step) => `before “${step}”`,
    minutesAgo: (minutes) => (minutes < 1 ? 'just now' : `${minutes} min ago`),
    goBack: 'Go back',
    close: 'Cancel',
    jump: 'Start here',
    jumpWhole: (minutes) =>
      `The whole lab goes back to when this step began (${minutes < 1 ? 'just now' : `${minutes} min ago`}). What was done since is lost, and terminals open anew.`,
    jumpSolves: (steps) =>
      `Of the earlier steps ${quoted(steps)}, those that are not done are done for you by their model solutions.`,
    jumpResets: (steps) => `What was done in ${quoted(steps)} is taken back.`,
    jumpKeeps: 'A step that is done for you does not count as passed. This may take some minutes.',
    jumping: 'Getting the lab ready for this step…',
    jumped: 'Ready. Go on from this step.',
    undo: 'Go back',
  },
};
