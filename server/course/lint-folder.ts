/**
 * Everything that can be said about a course folder without a machine: what building says, what a finished course
 * keeps, what shellcheck says. Knows nothing about how it is told.
 */
import { basename, resolve } from 'node:path';
import { buildCourse } from '../../src/course/build-course.ts';
import type { Issue } from '../../src/course/issue.ts';
import { lintCourse } from '../../src/course/lint/lint-course.ts';
import { listFiles, readCourseFolder } from './read-course-folder.ts';
import { checkScripts } from './shellcheck.ts';

/** What lint must know besides the folder. */
export interface LintFolderOptions {
  /** Tags that a text may use. */
  readonly tags: readonly string[];
}

/** All problems by file, line and column. Throws Fault `course-not-found`. */
export async function lintFolder(folder: string, { tags }: LintFolderOptions): Promise<readonly Issue[]> {
  const path = resolve(folder);
  const [source, files] = await Promise.all([readCourseFolder(path), listFiles(path)]);
  const scripts = checkScripts([...source.values()]);
  const { course, issues } = buildCourse(basename(path), source);
  const rest = course ? lintCourse({ course, source, files: new Set(files), tags }) : [];
  return [...issues, ...rest, ...(await scripts)].sort(byPlace);
}

function byPlace(left: Issue, right: Issue): number {
  const byFile = left.file.localeCompare(right.file, 'en', { numeric: true });
  return byFile || (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0);
}
