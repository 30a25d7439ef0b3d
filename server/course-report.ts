/**
 * Loads the course for the server and the command line, and tells its author what has to be mended: file and line,
 * what is wrong, how to mend it.
 */
import { join } from 'node:path';
import type { Issue } from '../src/course/issue.ts';
import type { Localized } from '../src/course/locales.ts';
import type { Course } from '../src/course/model.ts';
import { Fault } from '../src/faults.ts';
import type { Terminal } from './cli/terminal.ts';
import { loadCourse } from './course/load.ts';

/** The course in `folder`; its problems are printed. Throws Fault `course-invalid` when one of them is an error. */
export async function loadCheckedCourse(folder: string, terminal: Terminal): Promise<Course> {
  const { course, issues } = await loadCourse(folder);
  const errors = issues.filter(({ severity }) => severity === 'error');
  for (const issue of issues) terminal.warn(describeIssue(folder, issue));
  if (!course || errors.length > 0) throw new Fault('course-invalid', { count: errors.length });
  return course;
}

/** One problem in two lines. */
export function describeIssue(folder: string, { severity, rule, file, line, column, message, fix }: Issue): Localized {
  const place = [join(folder, file), line, line === undefined ? undefined : column].filter(
    (part) => part !== undefined,
  );
  const mark = { error: { ko: '오류', en: 'error' }, warning: { ko: '주의', en: 'warning' } }[severity];
  return {
    ko: `${place.join(':')}: ${mark.ko} [${rule}] ${message.ko}\n    → ${fix.ko}`,
    en: `${place.join(':')}: ${mark.en} [${rule}] ${message.en}\n    → ${fix.en}`,
  };
}
