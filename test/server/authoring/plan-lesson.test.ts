/** Where a new lesson goes, what course.yaml says then, and which names are refused. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addChapter, listChapters } from '../../../server/authoring/add-chapter.ts';
import { type LessonWish, planLesson } from '../../../server/authoring/plan-lesson.ts';
import { projectFolder } from '../../../server/config.ts';
import { readCourseFolder } from '../../../server/course/read-course-folder.ts';
import { buildCourse } from '../../../src/course/build-course.ts';
import { lintCourse } from '../../../src/course/lint/lint-course.ts';
import { type Changes, changeTiny } from '../../support/tiny-course.ts';

const template = [...(await readCourseFolder(join(projectFolder, 'server/authoring/lesson-template'))).values()];

/** Plans a lesson in the tiny course and writes it into the plain data. */
async function plan(name: string, wish: Partial<LessonWish> = {}, changes: Changes = {}) {
  const source = await changeTiny(changes);
  const { course } = buildCourse('tiny', source);
  if (!course) throw new Error('the tiny course does not build');
  const planned = planLesson({ name, title: {}, isNewChapter: false, ...wish }, { course, source }, template);
  for (const file of planned.files) source.set(file.path, file);
  const courseYaml = { path: 'course.yaml', text: planned.courseFile ?? '', executable: false };
  if (planned.courseFile !== undefined) source.set('course.yaml', courseYaml);
  const { course: grown, issues } = buildCourse('tiny', source);
  const tags = ['Step', 'Quiz', 'Note', 'Fix', 'Diagram', 'Variants', 'Variant'];
  const lint = grown ? lintCourse({ course: grown, source, files: new Set(source.keys()), tags }) : [];
  return { planned, grown, issues: [...issues, ...lint] };
}

test('a lesson goes after the last one of its chapter, with its titles, and needs no mending', async () => {
  const { planned, grown, issues } = await plan('first/links', { title: { ko: '링크: `ln`', en: 'Links & "more"' } });
  expect(issues).toEqual([]);
  expect(planned.folder).toBe('10-first/20-links');
  expect(planned.courseFile).toBeUndefined();
  expect(grown?.chapters[0]?.lessons.map(({ id }) => id)).toEqual(['files', 'links']);
  expect(grown?.chapters[0]?.lessons[1]?.title).toEqual({ ko: '링크: `ln`', en: 'Links & "more"' });
  const scripts = planned.files.filter(({ path }) => path.endsWith('.sh'));
  expect([scripts.length, scripts.every(({ executable }) => executable)]).toEqual([5, true]);
});

test('numbers leave room, whatever the last one was; a title stands in for the other language', async () => {
  const changes = { '10-first/35-more/lesson.yaml': 'title: x', '10-first/9-less/lesson.yaml': 'title: x' };
  const { planned, grown } = await plan('first/links', { title: { en: 'Links' } }, changes);
  expect(planned.folder).toBe('10-first/40-links');
  expect(grown?.chapters[0]?.lessons.at(-1)?.title).toEqual({ ko: 'Links', en: 'Links' });
  expect((await plan('first/hard-links')).grown?.chapters[0]?.lessons.at(-1)?.title.en).toBe('Hard links');
});

test('a new chapter comes last; a course without check functions gets them', async () => {
  const { planned, grown, issues } = await plan('third/one', { isNewChapter: true }, { 'lib/check.sh': null });
  expect(issues).toEqual([]);
  expect(planned.folder).toBe('30-third/10-one');
  expect(grown?.chapters.map(({ id, title }) => [id, title.en])).toEqual([
    ['first', 'Files'],
    ['second', 'Processes'],
    ['third', 'Third'],
  ]);
  expect(planned.files.map(({ path }) => path)).toContain('lib/check.sh');
});

test('a chapter that course.yaml has and that waits for its first lesson is no new one', async () => {
  const waiting = (file: { readonly text: string }) => ({
    ...file,
    text: `${file.text}  third:\n    title: { ko: 셋, en: Three }\n`,
  });
  const { planned, issues } = await plan('third/one', {}, { 'course.yaml': waiting as never });
  expect([planned.folder, planned.courseFile, issues]).toEqual(['30-third/10-one', undefined, []]);
});

test.for([
  ['first/10-links', false, 'lesson-name', 'first/10-links'],
  ['first/Links', false, 'lesson-name', 'first/Links'],
  ['first', false, 'lesson-name', 'first'],
  ['first/links/more', false, 'lesson-name', 'first/links/more'],
  ['../first/links', false, 'lesson-name', '../first/links'],
  ['thrid/links', false, 'chapter-unknown', 'first, second'],
  ['second/links', true, 'chapter-exists', 'second'],
  ['second/files', false, 'lesson-exists', 'files'],
] as const)('%s is refused: %s %s', async ([name, isNewChapter, code, said]) => {
  await expect(plan(name, { isNewChapter })).rejects.toMatchObject({
    code,
    sentence: { ko: expect.stringContaining(said), en: expect.stringContaining(said) },
  });
});

test('course.yaml keeps every line and comment of its author', () => {
  const text = readFileSync(join(projectFolder, 'content/docker/course.yaml'), 'utf8');
  const grown = addChapter(text, 'more', 'More');
  expect(grown.startsWith(text.trimEnd())).toBe(true);
  expect(grown.slice(text.trimEnd().length)).toBe('\n  more:\n    title: { ko: "More", en: "More" }\n');
  const odd =
    'title: x\nchapters:\n    one: # first\n        title: { ko: a, en: b } # titles\n# the end\nnetwork: class\n';
  expect(addChapter(odd, 'two', 'Two')).toBe(
    odd.replace('# titles\n', '# titles\n    two:\n      title: { ko: "Two", en: "Two" }\n'),
  );
  for (const empty of ['chapters: {}\nnetwork: class\n', 'chapters: {} # none yet\nnetwork: class\n']) {
    expect(listChapters(addChapter(empty, 'one', 'One'))).toEqual(['one']);
    expect(addChapter(empty, 'one', 'One')).toContain('network: class');
  }
});
