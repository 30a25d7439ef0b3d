import { expect, test } from 'vitest';
import { chooseLessons } from '../../../server/play/changed-lessons.ts';
import { planPlay } from '../../../server/play/plan-play.ts';
import { keysOf } from '../../../server/play/press-keys.ts';
import { hasFailed, type PlayedItem, type PlayedLesson } from '../../../server/play/report.ts';
import { summarize } from '../../../server/play/summarize.ts';
import { lastLine, visibleText } from '../../../server/play/visible-text.ts';
import { tinyCourse } from '../../support/tiny-course.ts';

const plan = async (wish: Parameters<typeof planPlay>[1]) =>
  planPlay(await tinyCourse(), wish).map(({ lesson, locale, depth, only }) =>
    [lesson.id, only?.join(), locale, depth].filter(Boolean).join(' '),
  );

test('the first language proves everything, the others what a learner does', async () => {
  expect(await plan({ names: [] })).toEqual([
    'files ko full',
    'files en walk',
    'processes ko full',
    'processes en walk',
  ]);
  expect(await plan({ names: ['files/count-lines'], locale: 'en' })).toEqual(['files count-lines en full']);
  expect(await plan({ names: ['processes'], walk: true })).toEqual(['processes ko walk', 'processes en walk']);
  expect(await plan({ names: [], locale: 'ko', only: new Set(['files']) })).toEqual(['files ko full']);
  await expect(plan({ names: ['files/none'] })).rejects.toThrow('make-file, count-lines');
});

test('what all lessons stand on changes them all; a lesson’s own files change it alone', async () => {
  const course = await tinyCourse();
  const folders = { course: 'content/tiny', lab: 'lab' };
  const chosen = (...files: string[]) => [...chooseLessons(course, files, folders)];
  expect(chosen('content/tiny/10-first/10-files/ko.mdx', 'server/main.ts')).toEqual(['files']);
  expect(chosen('content/tiny/ko.mdx', 'README.md')).toEqual([]);
  for (const file of ['lab/build.sh', 'content/tiny/lib/check.sh', 'content/tiny/course.yaml']) {
    expect(chosen(file)).toEqual(['files', 'processes']);
  }
});

test('keys by their names, everything else as it is', () => {
  expect(keysOf('ihello<Esc>:wq<Enter>')).toBe('ihello\x1b:wq\r');
  expect(keysOf('<Ctrl-C><ctrl-d><Tab> a<b> <Nothing>')).toBe('\x03\x04\t a<b> <Nothing>');
});

test('output as a person reads it', () => {
  expect(visibleText('\x1b]133;A\x07\x1b[01;32m[root@lab ~]#\x1b[0m ls\r\n')).toBe('[root@lab ~]# ls\n');
  expect(visibleText('10%\r100%\nab\b\bAB\x1b[K')).toBe('100%\nAB');
  expect(lastLine('$ docker run -it x sh\r\n\x1b[6n/ # ')).toBe('/ # ');
});

const item = (outcome: PlayedItem['outcome']): PlayedItem => ({
  ...{ id: 'a', kind: 'step', outcome, ms: 1, phases: [], problems: [] },
  ...(outcome === 'not-run' && { missing: ['docker'] }),
});
const lesson = (...items: PlayedItem[]): PlayedLesson => ({
  ...{
    lesson: 'l',
    locale: 'ko',
    depth: 'full',
    lab: 'local',
    isPart: false,
    versions: {},
    ms: 1,
    labMs: 1,
    items,
    problems: [],
  },
});
const about = { lab: 'local', at: '2026-01-01T00:00:00.000Z', ms: 1 } as const;

test('what did not run has not passed: nothing proven is not ok', () => {
  expect(summarize([lesson(item('passed'), item('not-run'))], about)).toMatchObject({
    ...{ ok: true, counts: { passed: 1, failed: 0, 'not-run': 1 } },
  });
  expect(summarize([lesson(item('not-run'))], about).ok).toBe(false);
  expect(summarize([lesson(item('passed'), item('failed'))], about).ok).toBe(false);
  expect(hasFailed(lesson(item('not-run')))).toBe(false);
  expect(summarize([lesson({ ...item('not-run'), missing: [] })], about).ok).toBe(true);
});

const round = (number: number, ...items: PlayedItem[]): PlayedLesson => ({ ...lesson(...items), round: number });
const named = (id: string, outcome: PlayedItem['outcome']): PlayedItem => ({ ...item(outcome), id });

test('what passes only sometimes is told with how often; what always fails is no flake', () => {
  const rounds = [
    round(1, named('a', 'passed'), named('b', 'failed'), named('c', 'not-run')),
    round(2, named('a', 'failed'), named('b', 'failed'), named('c', 'not-run')),
    round(3, named('a', 'passed'), named('b', 'failed'), named('c', 'not-run')),
  ];
  expect(summarize(rounds, about).flakes).toEqual([
    { lesson: 'l', item: 'a', locale: 'ko', lab: 'local', failed: 1, rounds: 3 },
  ]);
});

test('what failed and passed when it was played once more varies, and is no failure; what failed twice is', () => {
  const first = { ...lesson(named('a', 'failed'), named('b', 'passed')), isRepeated: true as const };
  const better = summarize([first, lesson(named('a', 'passed'), named('b', 'passed'))], about);
  expect(better).toMatchObject({ ok: true, counts: { passed: 2, failed: 0 } });
  expect(better.flakes.map(({ item: id, failed, rounds }) => `${id} ${failed}/${rounds}`)).toEqual(['a 1/2']);
  const same = summarize([first, lesson(named('a', 'failed'), named('b', 'passed'))], about);
  expect(same).toMatchObject({ ok: false, counts: { passed: 1, failed: 1 }, flakes: [] });
});
