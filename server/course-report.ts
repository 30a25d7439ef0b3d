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
import { words } from './cli/words.ts';
import { loadCourse } from './course/load.ts';
import type { CourseProblems } from './preview/course-keeper.ts';

/** The course in `folder`; its problems are printed. Throws Fault `course-invalid` when one of them is an error. */
export async function loadCheckedCourse(folder: string, terminal: Terminal): Promise<Course> {
  const { course, issues } = await loadCourse(folder);
  const errors = issues.filter(({ severity }) => severity === 'error');
  for (const issue of issues) terminal.warn(describeIssue(folder, issue));
  if (!course || errors.length > 0) throw new Fault('course-invalid', { count: errors.length });
  return course;
}

/** Tells the author what a save brought: problems that were not there before, and when the course is good again. */
export function createProblemReport(folder: string, terminal: Terminal): (problems: CourseProblems) => void {
  let told: ReadonlySet<string> = new Set();
  let isBlocked = false;
  return ({ blocking, open }) => {
    const sentences = new Map([...blocking, ...open].map((issue) => [JSON.stringify(issue), issue]));
    for (const [key, issue] of sentences) if (!told.has(key)) terminal.warn(describeIssue(folder, issue));
    const wasClean = told.size === 0;
    if (blocking.length > 0) terminal.warn(words.courseBlocked);
    else if (isBlocked) terminal.say(words.courseMended);
    else if (sentences.size === 0 && !wasClean) terminal.say(words.lintClean);
    told = new Set(sentences.keys());
    isBlocked = blocking.length > 0;
  };
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
