/**
 * Everything that can be said about a course folder without a machine: what building says, what a finished course
 * keeps, what shellcheck says. Knows nothing about how it is told.
 */
import type { Issue } from '../../src/course/issue.ts';
import { examineFolder, type LintFolderOptions } from './examine-folder.ts';
import { checkScripts } from './shellcheck.ts';

/** All problems by file, line and column. Throws Fault `course-not-found`. */
export async function lintFolder(folder: string, options: LintFolderOptions): Promise<readonly Issue[]> {
  const { source, issues, lint } = await examineFolder(folder, options);
  return [...issues, ...lint, ...(await checkScripts([...source.values()]))].sort(byPlace);
}

function byPlace(left: Issue, right: Issue): number {
  const byFile = left.file.localeCompare(right.file, 'en', { numeric: true });
  return byFile || (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0);
}
