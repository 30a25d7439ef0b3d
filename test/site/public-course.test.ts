import { expect, test } from 'vitest';
import { buildCoursePages } from '../../src/site/course-loader.ts';
import { BrokenCourse, loadPublicCourse } from '../../src/site/load-public-course.ts';
import { lessonHref, publicLessonsOf } from '../../src/site/public-course.ts';

const tiny = 'test/fixtures/courses/tiny';

test('pages know neither keys nor hints nor scripts', async () => {
  const text = JSON.stringify(await loadPublicCourse(tiny));
  for (const secret of ['"correct"', '--lines', '덮어써요', 'no-file', 'wc -l`로 세어', 'stat -c', 'lines의 첫 글자'])
    expect(text, secret).not.toContain(secret);
});

test('addresses of pages carry no order prefix, and the other languages a prefix of their own', async () => {
  const course = await loadPublicCourse(tiny);
  expect(publicLessonsOf(course).map((lesson) => [lessonHref(lesson, 'ko'), lessonHref(lesson, 'en')])).toEqual([
    ['/first/files/', '/en/first/files/'],
    ['/second/processes/', '/en/second/processes/'],
  ]);
  expect(buildCoursePages(course).map(({ file, id }) => `${file} ${id}`)).toEqual([
    'ko.mdx index',
    '10-first/10-files/ko.mdx first/files',
    '20-second/10-processes/ko.mdx second/processes',
    'en.mdx en',
    '10-first/10-files/en.mdx en/first/files',
    '20-second/10-processes/en.mdx en/second/processes',
  ]);
});

test('a course with errors says what, where and how to mend it, in both languages', async () => {
  const failure = await loadPublicCourse('test/site').catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(BrokenCourse);
  expect(String(failure)).toMatch(/test\/site\/course\.yaml\n.*없어요.*만드세요.*\n.*missing.*Create/s);
});
