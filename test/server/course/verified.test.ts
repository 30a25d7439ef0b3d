/** What was proven is written beside the course, read by the site, and known to be old when the lesson changed. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadCourse } from '../../../server/course/load.ts';
import { readVerified } from '../../../server/course/verified.ts';
import { recordPlay } from '../../../server/play/record-play.ts';
import type { PlayedItem, PlayedLesson } from '../../../server/play/report.ts';
import { summarize } from '../../../server/play/summarize.ts';
import type { Capability } from '../../../src/course/capabilities.ts';
import { loadPublicCourse } from '../../../src/site/load-public-course.ts';
import { publicLessonsOf } from '../../../src/site/public-course.ts';
import { changeTiny, filesLesson, tinyFolder } from '../../support/tiny-course.ts';
import { createTemporaryFolder } from '../run-cli.ts';

const item = (outcome: PlayedItem['outcome'], missing: readonly Capability[] = []): PlayedItem => ({
  ...{ id: 'a', kind: 'step', outcome, missing, ms: 1, phases: [], problems: [] },
});
const played = (lesson: string, changes: Partial<PlayedLesson> = {}): PlayedLesson => ({
  ...{
    lesson,
    locale: 'ko',
    depth: 'full',
    lab: 'qemu',
    isPart: false,
    versions: { docker: '20.10' },
    ms: 1,
    labMs: 1,
  },
  ...{ items: [item('passed'), item('not-run', ['selinux']), item('not-run')], problems: [], ...changes },
});

/** Records what was played; gives what the file and the pages then say. */
async function record(folder: string, lessons: readonly PlayedLesson[]) {
  const { course } = await loadCourse(folder);
  if (!course) throw new Error('the course does not build');
  const report = summarize(lessons, { lab: 'qemu', at: '2026-01-02T03:04:05.000Z', ms: 1 });
  const recorded = await recordPlay(report, { course, courseFolder: folder, recipe: 'abc' });
  const pages = publicLessonsOf(await loadPublicCourse(folder)).map(({ id, verified }) => [id, verified]);
  return { recorded, pages: Object.fromEntries(pages), text: readFileSync(join(folder, 'verified.yaml'), 'utf8') };
}

test('a lesson that passed whole is recorded; pages say when, where, and that it changed since', async () => {
  using folder = createTemporaryFolder();
  const course = join(folder.path, 'tiny');
  cpSync(tinyFolder, course, { recursive: true });
  const first = await record(course, [played('files'), played('files', { locale: 'en', depth: 'walk' })]);
  expect(first.recorded).toEqual(['files']);
  expect(first.text).toContain('npm run play -- --record');
  expect(first.pages).toEqual({
    files: {
      ...{ lab: 'qemu', at: '2026-01-02T03:04:05.000Z', versions: { docker: '20.10' }, notRun: 1, isCurrent: true },
      ...{ locales: ['ko', 'en'], hasVariants: false },
    },
    processes: undefined,
  });
  const yaml = join(course, filesLesson, 'lesson.yaml');
  const forEditors = '# yaml-language-server: $schema=../lesson.schema.json\n';
  writeFileSync(yaml, `${forEditors}${readFileSync(yaml, 'utf8')}`);
  expect(publicLessonsOf(await loadPublicCourse(course))[0]?.verified).toMatchObject({ isCurrent: true });
  const settings = join(course, 'course.yaml');
  const usual = readFileSync(settings, 'utf8');
  writeFileSync(settings, usual.replace(/^network:.*$/m, 'network: private'));
  expect(publicLessonsOf(await loadPublicCourse(course))[0]?.verified).toMatchObject({ isCurrent: false });
  writeFileSync(settings, usual);
  const text = join(course, filesLesson, 'ko.mdx');
  writeFileSync(text, `${readFileSync(text, 'utf8')}\n끝.\n`);
  const changed = publicLessonsOf(await loadPublicCourse(course))[0]?.verified;
  expect(changed).toMatchObject({ at: '2026-01-02T03:04:05.000Z', isCurrent: false });
});

test('one step, a walk alone and a failure prove no lesson; a failure takes an older proof back', async () => {
  using folder = createTemporaryFolder();
  const course = join(folder.path, 'tiny');
  cpSync(tinyFolder, course, { recursive: true });
  const part = await record(course, [played('files', { isPart: true }), played('processes', { depth: 'walk' })]);
  expect([part.recorded, part.pages]).toEqual([[], { files: undefined, processes: undefined }]);
  await record(course, [played('files'), played('processes')]);
  const failed = await record(course, [played('files', { items: [item('failed')] })]);
  expect(failed.recorded).toEqual([]);
  expect(Object.entries(failed.pages).map(([id, verified]) => [id, verified !== undefined])).toEqual([
    ['files', false],
    ['processes', true],
  ]);
});

test('a play that was shared by two kinds of labs names both, and counts what each of them did', async () => {
  using folder = createTemporaryFolder();
  const course = join(folder.path, 'tiny');
  cpSync(tinyFolder, course, { recursive: true });
  const quick = played('files', { lab: 'container', items: [item('passed'), item('passed')] });
  const walk = { locale: 'en', depth: 'walk' } as const;
  const parts = [
    played('files', { isPart: true, items: [item('passed')] }),
    played('files', { ...walk, isPart: true, items: [item('passed')] }),
  ];
  const shared = await record(course, [quick, { ...quick, ...walk }, ...parts]);
  expect(shared.pages['files']).toMatchObject({ lab: 'container+qemu', notRun: 0 });
  expect(shared.text).toContain('passed: 3');
  const broken = await record(course, [quick, played('files', { isPart: true, items: [item('failed')] })]);
  expect(broken.pages['files']).toBeUndefined();
});

test('a file that cannot be read proves nothing', async () => {
  for (const text of ['lessons: [', 'lessons: { files: { lab: qemu } }', '']) {
    expect(readVerified(await changeTiny({ 'verified.yaml': text }))).toEqual({});
  }
});
