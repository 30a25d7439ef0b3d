/**
 * A course folder as its author sees it while writing: the course, what keeps it from being used, and what it still lacks
 * to be finished. Quick, since it runs on every save: no script is looked at. Knows nothing about how it is told.
 */
import { basename, resolve } from 'node:path';
import { buildCourse } from '../../src/course/build-course.ts';
import type { Issue } from '../../src/course/issue.ts';
import { lintCourse } from '../../src/course/lint/lint-course.ts';
import type { Course } from '../../src/course/model.ts';
import type { CourseSource } from '../../src/course/source.ts';
import { listFiles, readCourseFolder } from './read-course-folder.ts';

/** What lint must know besides the folder. */
export interface LintFolderOptions {
  /** Tags that a text may use. */
  readonly tags: readonly string[];
}

/** A folder that was looked at. */
export interface ExaminedFolder {
  /** Absent when course.yaml itself cannot be used. */
  readonly course?: Course;
  readonly source: CourseSource;
  /** What the site and the server need: with an error among these the course cannot be used. */
  readonly issues: readonly Issue[];
  /** What a finished course keeps. */
  readonly lint: readonly Issue[];
}

/** Looks at the course in `folder`. Throws Fault `course-not-found`. */
export async function examineFolder(folder: string, { tags }: LintFolderOptions): Promise<ExaminedFolder> {
  const path = resolve(folder);
  const [source, files] = await Promise.all([readCourseFolder(path), listFiles(path)]);
  const { course, issues } = buildCourse(basename(path), source);
  const lint = course ? lintCourse({ course, source, files: new Set(files), tags }) : [];
  return { ...(course ? { course } : {}), source, issues, lint };
}
