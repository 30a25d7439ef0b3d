/**
 * What play tells the author about a lesson, in both languages.
 */
import type { Localized } from '../../src/course/locales.ts';
import type { CheckResult } from '../../src/course/result.ts';

/** A check's result in a few words. */
export function describeCheck(result: CheckResult): string {
  if (result.status === 'pass') return 'pass';
  if (result.status === 'error') return `error ${result.code}: ${result.message.en}`;
  if (result.status === 'skipped') return 'skipped';
  const hint = result.hint === undefined ? 'no hint' : `hint ${result.hint}`;
  const wrong = result.wrongAnswers ? `, answers ${result.wrongAnswers.join(' ') || 'missing'}` : '';
  return `fail, ${hint}${wrong}${result.actual === undefined ? '' : `, actual ${result.actual}`}`;
}

/** Sentences by name. */
export const sentences = {
  passesAtStart: (): Localized => ({
    ko: '아직 아무것도 하지 않았는데 점검이 통과해요. 점검이 실패할 수 있어야 해요.',
    en: 'The check passes before anything was done. A check must be able to fail.',
  }),
  notFailing: (seen: string): Localized => ({
    ko: `점검이 「아직」이라고 해야 하는데 이렇게 나왔어요: ${seen}`,
    en: `The check should say "not yet", but said: ${seen}`,
  }),
  otherHint: (wanted: string, seen: string): Localized => ({
    ko: `이 실수에는 힌트 ${wanted} 가 나와야 하는데 이렇게 나왔어요: ${seen}`,
    en: `This wrong turn should give the hint ${wanted}, but the check said: ${seen}`,
  }),
  notPassing: (seen: string): Localized => ({
    ko: `점검이 통과해야 하는데 이렇게 나왔어요: ${seen}`,
    en: `The check should pass, but said: ${seen}`,
  }),
  scriptFailed: (path: string, how: string): Localized => ({
    ko: `${path} 가 잘 끝나지 않았어요: ${how}`,
    en: `${path} did not end well: ${how}`,
  }),
  missingScript: (name: string): Localized => ({ ko: `${name} 가 없어요.`, en: `There is no ${name}.` }),
  commandFailed: (command: string, code: number, line: number): Localized => ({
    ko: `${line}번째 줄의 명령이 ${code}(으)로 끝났어요: ${command} (뜻한 실패라면 lesson.yaml의 play에 fails: true)`,
    en: `The command of line ${line} ended with ${code}: ${command} (if that is meant, say fails: true for it below play in lesson.yaml)`,
  }),
  commandDidNotFail: (command: string, line: number): Localized => ({
    ko: `${line}번째 줄의 명령은 실패한다고 적혀 있는데 잘 끝났어요: ${command}`,
    en: `The command of line ${line} is said to fail, but did not: ${command}`,
  }),
  noPrompt: (command: string, line: number, awaited: string | undefined): Localized => ({
    ko: `${line}번째 줄의 명령 뒤에 ${awaited === undefined ? '프롬프트가 돌아오지 않았어요' : `${awaited} 가 보이지 않았어요`}: ${command}`,
    en: `After the command of line ${line} ${awaited === undefined ? 'no prompt came back' : `${awaited} was not shown`}: ${command}`,
  }),
  terminalEnded: (command: string, line: number): Localized => ({
    ko: `${line}번째 줄의 명령이 터미널을 끝냈어요: ${command}`,
    en: `The command of line ${line} ended the terminal: ${command}`,
  }),
  noTerminal: (): Localized => ({
    ko: '터미널이 열리지 않거나 프롬프트가 나오지 않았어요.',
    en: 'The terminal did not open, or showed no prompt.',
  }),
  noValue: (path: string): Localized => ({
    ko: `${path} 가 맞는 값을 출력하지 않았어요.`,
    en: `${path} did not print the right value.`,
  }),
  wrongAnswerTaken: (ask: string, seen: string): Localized => ({
    ko: `질문 ${ask} 에 틀린 값을 적으면 그 힌트가 나와야 하는데 이렇게 나왔어요: ${seen}`,
    en: `A wrong value for ${ask} should give its hint, but the check said: ${seen}`,
  }),
  graded: (wanted: string, seen: string): Localized => ({
    ko: `채점 결과가 ${wanted} 여야 하는데 ${seen} 예요.`,
    en: `The answer should be graded ${wanted}, but was ${seen}.`,
  }),
  notReady: (detail: Localized): Localized => ({
    ko: `실습 환경을 준비하지 못했어요: ${detail.ko}`,
    en: `The lab could not be made ready: ${detail.en}`,
  }),
} as const;
