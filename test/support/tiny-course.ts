/**
 * The tiny course as plain data, with files changed or taken away: one broken course per test without a folder each.
 */
import { fileURLToPath } from 'node:url';
import { readCourseFolder } from '../../server/course/read-course-folder.ts';
import { type BuiltCourse, buildCourse } from '../../src/course/build-course.ts';
import type { Issue } from '../../src/course/issue.ts';
import { lintCourse } from '../../src/course/lint/lint-course.ts';
import type { Course, Lesson, Step } from '../../src/course/model.ts';
import { findLesson, findStep } from '../../src/course/model.ts';
import type { SourceFile } from '../../src/course/source.ts';

/** Folder of the tiny course. */
export const tinyFolder: string = fileURLToPath(new URL('../fixtures/courses/tiny', import.meta.url));

/** Folder of its first lesson, relative to the course. */
export const filesLesson = '10-first/10-files';

/** Changes to files: a new text, `null` to remove it, or a change of the file. */
export type Changes = Readonly<Record<string, string | null | ((file: SourceFile) => SourceFile)>>;

/** Builds the tiny course with some files changed. */
export async function buildTiny(changes: Changes = {}): Promise<BuiltCourse> {
  return buildCourse('tiny', await changeTiny(changes));
}

/** What lint says about the tiny course with some files changed, beyond what building says. */
export async function lintTiny(changes: Changes = {}): Promise<readonly Issue[]> {
  const source = await changeTiny(changes);
  const { course } = buildCourse('tiny', source);
  if (!course) throw new Error('the tiny course does not build');
  return lintCourse({
    course,
    source,
    files: new Set(source.keys()),
    tags: ['Step', 'Quiz', 'Note', 'Fix', 'Diagram', 'Variants', 'Variant'],
  });
}

/** The files of the tiny course with some changed. */
export async function changeTiny(changes: Changes): Promise<Map<string, SourceFile>> {
  const source = new Map(await readCourseFolder(tinyFolder));
  for (const [path, change] of Object.entries(changes)) {
    const file = source.get(path) ?? { path, text: '', executable: path.endsWith('.sh') };
    if (change === null) source.delete(path);
    else source.set(path, typeof change === 'string' ? { ...file, text: change } : change(file));
  }
  return source;
}

/** Replaces `from` by `to` in a file; fails when it is not there, so that a test cannot pass by accident. */
export function replacing(from: string, to: string): (file: SourceFile) => SourceFile {
  return (file) => {
    if (!file.text.includes(from)) throw new Error(`${file.path} has no "${from}"`);
    return { ...file, text: file.text.replace(from, to) };
  };
}

/** The tiny course, which must build. */
export async function tinyCourse(changes: Changes = {}): Promise<Course> {
  const { course, issues } = await buildTiny(changes);
  if (!course) throw new Error(JSON.stringify(issues));
  return course;
}

/** A lesson and a step of a course, which must exist. */
export function stepOf(
  course: Course,
  lessonId: string,
  stepId: string,
): { readonly lesson: Lesson; readonly step: Step } {
  const lesson = findLesson(course, lessonId);
  const step = lesson && findStep(lesson, stepId);
  if (!lesson || !step) throw new Error(`no step ${lessonId}/${stepId}`);
  return { lesson, step };
}
