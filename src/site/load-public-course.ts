/**
 * Loads the course that the site shows; a course with errors stops the build with a sentence per problem.
 * Knows nothing about Astro.
 */
import { join, relative } from 'node:path';
import { loadCourse } from '../../server/course/load.ts';
import { readCourseFolder } from '../../server/course/read-course-folder.ts';
import { hashLesson, readVerified } from '../../server/course/verified.ts';
import type { Issue } from '../course/issue.ts';
import { defaultLocale } from '../course/locales.ts';
import type { CourseSource } from '../course/source.ts';
import { buildPublicCourse, type PublicCourse } from './public-course.ts';

/** `file:line  what. How to mend it.` in both languages. */
export function describeIssue(issue: Issue, courseFolder: string): string {
  const file = relative(process.cwd(), join(courseFolder, issue.file));
  const place = issue.line === undefined ? file : `${file}:${issue.line}`;
  return `${place}\n    ${issue.message.ko} ${issue.fix.ko}\n    ${issue.message.en} ${issue.fix.en}`;
}

/** A course that cannot be built. Its message is for the author and needs no stack. */
export class BrokenCourse extends Error {
  override readonly name = 'BrokenCourse';

  constructor(courseFolder: string, issues: readonly Issue[]) {
    const list = issues.map((issue) => `  ${describeIssue(issue, courseFolder)}`).join('\n');
    super(`과정을 만들 수 없어요. / The course cannot be built.\n${list}`);
    this.stack = this.message;
  }
}

/** Loads the course in `courseFolder` without anything that pages must not know. */
export async function loadPublicCourse(courseFolder: string): Promise<PublicCourse> {
  const { course, issues } = await loadCourse(courseFolder);
  const errors = issues.filter((issue) => issue.severity === 'error');
  if (!course || errors.length > 0) throw new BrokenCourse(courseFolder, errors.length > 0 ? errors : issues);
  return withVerified(buildPublicCourse(course), await readCourseFolder(courseFolder));
}

/** Adds to each lesson when it was proven last. */
function withVerified(course: PublicCourse, source: CourseSource): PublicCourse {
  const records = readVerified(source);
  const chapters = course.chapters.map((chapter) => ({
    ...chapter,
    lessons: chapter.lessons.map((lesson) => {
      const record = records[lesson.id];
      if (!record) return lesson;
      const { lab, at, versions, notRun, content, locales } = record;
      const hasVariants = source.get(`${lesson.folder}/${defaultLocale}.mdx`)?.text.includes('<Variant ') ?? false;
      const isCurrent = content === hashLesson(source, lesson);
      return { ...lesson, verified: { lab, at, versions, notRun, locales, hasVariants, isCurrent } };
    }),
  }));
  return { ...course, chapters };
}
