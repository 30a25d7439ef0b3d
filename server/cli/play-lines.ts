/**
 * A play's results as lines for people. Pure.
 */
import type { Localized } from '../../src/course/locales.ts';
import { nameNeeds, whereToDo } from '../../src/course/reading.ts';
import type { PlannedPlay } from '../play/plan-play.ts';
import type { Flake, PlayedItem, PlayedLesson, PlayProblem, PlayReport } from '../play/report.ts';

const marks = { passed: '✓', failed: '✗', 'not-run': '–' } as const;
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

/** One step or question, with what is wrong. */
export function itemLines({ lesson, locale }: PlannedPlay, item: PlayedItem): readonly Localized[] {
  const place = `${marks[item.outcome]} ${lesson.id}/${item.id} (${locale})`;
  const head = item.outcome === 'not-run' ? notRunLine(place, item) : same(`${place} ${seconds(item.ms)}`);
  return [head, ...item.problems.map(problemLine)];
}

function notRunLine(place: string, { missing = [], needs = missing }: PlayedItem): Localized {
  if (missing.length === 0) return { ko: `${place} 실습 환경이 필요 없는 단계`, en: `${place} needs no lab` };
  const where = whereToDo(needs);
  return {
    ko: `${place} 이 실습 환경에서는 할 수 없음: ${nameNeeds(missing, 'ko')}. ${where.ko}`,
    en: `${place} cannot run on this lab: ${nameNeeds(missing, 'en')}. ${where.en}`,
  };
}

function problemLine({ phase, message }: PlayProblem): Localized {
  return { ko: `    [${phase}] ${message.ko}`, en: `    [${phase}] ${message.en}` };
}

/** A lesson that is over. */
export function lessonLines(played: PlayedLesson): readonly Localized[] {
  const { lesson, locale, depth, lab, ms, labMs, problems, transcript } = played;
  return [
    same(`= ${lesson} (${locale}, ${depth}) ${seconds(ms)}, ${lab} ${seconds(labMs)}`),
    ...problems.map(problemLine),
    ...(transcript ? [{ ko: `    기록: ${transcript}`, en: `    Transcript: ${transcript}` }] : []),
  ];
}

/** The last lines. */
export function reportLine({ counts, flakes, ms, lab }: PlayReport): readonly Localized[] {
  const notRun = counts['not-run'];
  return [
    ...flakes.map(flakeLine),
    {
      ko: `통과 ${counts.passed}, 실패 ${counts.failed}, 할 수 없던 것 ${notRun} (${lab}, ${seconds(ms)})`,
      en: `${counts.passed} passed, ${counts.failed} failed, ${notRun} could not run (${lab}, ${seconds(ms)})`,
    },
  ];
}

function flakeLine({ lesson, item, locale, lab, failed, rounds }: Flake): Localized {
  const place = `${lesson}/${item} (${locale}, ${lab})`;
  return {
    ko: `~ ${place} ${rounds}번 가운데 ${failed}번 실패`,
    en: `~ ${place} failed ${failed} of ${rounds} times`,
  };
}

const same = (text: string): Localized => ({ ko: text, en: text });
