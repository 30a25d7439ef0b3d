/**
 * Loads a course from its folder: disk first, then the one builder.
 * Knows nothing about pages and labs.
 */
import { basename, resolve } from 'node:path';
import { type BuiltCourse, buildCourse } from '../../src/course/build-course.ts';
import { readCourseFolder } from './read-course-folder.ts';

/**
 * Loads the course in `folder`; its id is the folder's name. Problems of the files are returned as issues,
 * a missing folder is thrown as Fault `course-not-found`.
 */
export async function loadCourse(folder: string): Promise<BuiltCourse> {
  const path = resolve(folder);
  return buildCourse(basename(path), await readCourseFolder(path));
}
