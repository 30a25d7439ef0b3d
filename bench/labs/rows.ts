/**
 * The keys of the figures, in the order of the table: what each says and in which unit. The README of this folder documents
 * the same keys for those who read the JSON.
 */
import type { Localized } from '../../src/course/locales.ts';

/** One line of the table. */
export interface Row {
  readonly key: string;
  readonly label: Localized;
  /** Digits after the point. */
  readonly digits: number;
}

const row = (key: string, digits: number, en: string, ko: string): Row => ({ key, digits, label: { ko, en } });

/** Rows of a time that was taken several times. */
const times = (key: string, en: string, ko: string): readonly Row[] =>
  [50, 95].map((part) => row(`${key}P${part}Ms`, 0, `${en} p${part}, ms`, `${ko} p${part}, ms`));

/** How many labs the memory is measured with, where that many may run. */
export const labCounts = [1, 5, 20] as const;

/** All rows. */
export const rows: readonly Row[] = [
  row('buildSeconds', 0, 'Image and templates from nothing, s', '아무것도 없을 때 이미지와 템플릿 만들기, 초'),
  row('buildFromPackagesSeconds', 0, 'The same, packages at hand, s', '패키지를 받아 둔 뒤 다시 만들기, 초'),
  row('prepareSeconds', 1, 'Preparing image and template, s', '이미지와 템플릿 준비, 초'),
  row('coldPromptMs', 0, 'Cold boot to first prompt, ms', '처음부터 켜서 첫 프롬프트까지, ms'),
  ...times('clonePrompt', 'Claim to first prompt without the pool', '미리 켜 둔 것 없이 첫 프롬프트까지'),
  ...times('readyClaim', 'Claim from the pool to the lab', '미리 켜 둔 것을 받기까지'),
  ...times('readyPrompt', 'Claim from the pool to first prompt', '미리 켜 둔 것에서 첫 프롬프트까지'),
  ...times(
    'pagePrompt',
    'From the button in the page to the prompt on its screen',
    '페이지의 단추를 눌러 화면에 프롬프트가 나오기까지',
  ),
  row('coldOverClone', 1, 'Cold boot / without the pool (p50)', '처음부터 켜기 ÷ 미리 켜 둔 것 없이 (p50)'),
  row('coldOverReady', 1, 'Cold boot / from the pool (p50)', '처음부터 켜기 ÷ 미리 켜 둔 것에서 (p50)'),
  row('standByMemoryMb', 0, 'Memory of a lab that stands by, MB', '기다리는 실습 하나의 메모리, MB'),
  row('standByCpuPercent', 2, 'Processor time of a lab that stands by, % of a core', '기다리는 실습의 CPU, 코어의 %'),
  row('idleCpuPercent', 2, 'Processor time of an idle lab, % of a core', '가만히 있는 실습의 CPU, 코어의 %'),
  ...labCounts.map((count) =>
    row(`memoryAt${count}Mb`, 0, `Memory per idle lab at ${count}, MB`, `실습 ${count}개일 때 하나의 메모리, MB`),
  ),
  row('labsReached', 0, 'Most labs at once', '한꺼번에 켠 실습 수'),
  row('memoryAtMostMb', 0, 'Memory per idle lab at the most, MB', '가장 많을 때 하나의 메모리, MB'),
  row('diskPerLabMb', 1, 'Disk per idle lab, MB', '가만히 있는 실습 하나의 디스크, MB'),
  row('lessonStartP50Ms', 0, 'Preparing a fresh lab for a lesson p50, ms', '새 실습을 레슨에 맞추기 p50, ms'),
  row('lessonStartMostMs', 0, 'The same, the slowest lesson, ms', '새 실습을 레슨에 맞추기, 가장 느린 레슨, ms'),
  ...times('trivialCheck', 'Round trip of a trivial check', '가장 작은 점검의 왕복'),
  ...times('lessonCheck', 'Round trip of a lesson’s checks', '레슨 점검의 왕복'),
  ...times('resetStep', 'Reset of a step by its script', '단계를 스크립트로 되돌리기'),
  ...times('checkpointSave', 'Keeping a checkpoint', '되돌리기 지점 보관'),
  ...times('checkpointRestore', 'Going back to a checkpoint', '되돌리기 지점으로 되돌리기'),
];
