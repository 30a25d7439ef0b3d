/**
 * Sentences that only printed pages need: the notes line by line, the command sheets, variants, the course home.
 * Kept apart from the dictionaries, which every page loads into the browser. Knows nothing about who shows them.
 */
import { type Capability, capabilityNames } from '../course/capabilities.ts';
import type { Locale } from '../course/locales.ts';

const en = {
  'home.learn': 'What you will learn',
  'home.appendix': 'To look things up',

  'notes.title': 'The notes, line by line',
  'notes.lead':
    'Everything a student wrote down in class, statement by statement: what is right, what is not quite, and where the course tries it out.',
  'notes.filter': 'Show',
  'notes.verdict': 'Verdict',
  'notes.all': 'All',
  'notes.chapter': 'Chapter',
  'notes.everyChapter': 'Every chapter',
  'notes.shown': 'Showing {shown} of {all} statements',
  'notes.reset': 'Show all',
  'notes.line': (lines: string) => `${lines.includes('–') ? 'lines' : 'line'} ${lines}`,
  'notes.correction': 'To put it right',
  'notes.where': 'In the course',
  'notes.soon': 'The lesson is still being written.',
  'notes.original': 'In the notes',

  'verdict.right': 'Right',
  'verdict.imprecise': 'Nearly',
  'verdict.wrong': 'Not so',
  'verdict.outdated': 'No longer',
  'verdict.dangerous': 'Careful',
  'verdict.right.says': 'It is as the notes say.',
  'verdict.imprecise.says': 'The idea is right; it can be said more exactly.',
  'verdict.wrong.says': 'It is different, and easy to get wrong.',
  'verdict.outdated.says': 'It was right then; the world moved on.',
  'verdict.dangerous.says': 'It works, but only in a lab.',

  'sheet.title': 'Commands',
  'sheet.of': (chapter: string) => `Commands: ${chapter}`,
  'sheet.all': 'Command sheets',
  'sheet.lead': 'Every command of the lessons, a page for each chapter, to print or to keep beside you.',
  'sheet.print': 'Print',
  'sheet.open': 'Command sheet',
  'sheet.none': 'This chapter has no commands to type.',
  'sheet.printed': 'From the lessons of the course, step by step.',

  'variants.label': 'One of these, depending on your machine',
  'variants.yours': 'your lab',
};

type Source = typeof en;
/** All of these sentences in one language. */
export type PageWords = {
  readonly [Key in keyof Source]: Source[Key] extends (...parameters: infer Parameters) => string
    ? (...parameters: Parameters) => string
    : string;
};

const ko: PageWords = {
  'home.learn': '이런 것을 배워요',
  'home.appendix': '찾아보기',

  'notes.title': '노트 한 줄 한 줄',
  'notes.lead':
    '수업에서 받아 적은 노트를 한마디도 빼지 않고 옮겼어요. 맞는 말, 조금 다듬을 말, 바로잡을 말을 나누고, 과정의 어디에서 직접 해 보는지 이어 두었어요.',
  'notes.filter': '골라 보기',
  'notes.verdict': '어떤 말',
  'notes.all': '모두',
  'notes.chapter': '챕터',
  'notes.everyChapter': '모든 챕터',
  'notes.shown': '{all}개 가운데 {shown}개를 보고 있어요',
  'notes.reset': '모두 보기',
  'notes.line': (lines) => `${lines}줄`,
  'notes.correction': '바로잡으면',
  'notes.where': '과정에서',
  'notes.soon': '이 레슨은 곧 나와요.',
  'notes.original': '노트 원문',

  'verdict.right': '맞아요',
  'verdict.imprecise': '조금 더 정확히',
  'verdict.wrong': '사실은 달라요',
  'verdict.outdated': '지금은 바뀌었어요',
  'verdict.dangerous': '조심해요',
  'verdict.right.says': '노트에 적힌 그대로예요.',
  'verdict.imprecise.says': '뜻은 맞아요. 말만 조금 다듬으면 돼요.',
  'verdict.wrong.says': '헷갈리기 쉬운 곳이에요.',
  'verdict.outdated.says': '그때는 맞았고 그사이 바뀌었어요.',
  'verdict.dangerous.says': '되기는 하지만 연습할 때만 해요.',

  'sheet.title': '명령 모음',
  'sheet.of': (chapter) => `명령 모음: ${chapter}`,
  'sheet.all': '챕터별 명령 모음',
  'sheet.lead': '레슨에서 친 명령을 챕터마다 한 장에 모았어요. 인쇄해서 옆에 두고 보세요.',
  'sheet.print': '인쇄하기',
  'sheet.open': '명령 모음',
  'sheet.none': '이 챕터에는 쳐 볼 명령이 없어요.',
  'sheet.printed': '레슨의 단계에 나온 순서 그대로예요.',

  'variants.label': '내 기계에 맞는 것 하나',
  'variants.yours': '지금 실습 머신',
};

const words: Readonly<Record<Locale, PageWords>> = { ko, en };

/** All of these sentences in `locale`. */
export function pageWords(locale: Locale): PageWords {
  return words[locale];
}

/** The distributions by the names people know them by; their names are the same in every language. */
const distributions: Partial<Record<Capability, string>> = {
  debian: 'Debian · Ubuntu',
  el8: 'EL 8 (CentOS Stream 8, Rocky 8, Alma 8)',
  el9: 'EL 9 (CentOS Stream 9, Rocky 9, Alma 9)',
  el10: 'EL 10 (CentOS Stream 10, Rocky 10, Alma 10)',
};

/** What a variant for machines with `capability` is called. */
export function variantName(capability: Capability, locale: Locale): string {
  return distributions[capability] ?? capabilityNames[capability][locale];
}
