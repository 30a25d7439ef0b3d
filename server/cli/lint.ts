/**
 * `tadak lint`: what is wrong with the course's files.
 */
import type { Config } from '../config.ts';
import { loadCourse } from '../course/load.ts';
import { describeIssue } from '../course-report.ts';
import type { Terminal } from './terminal.ts';
import { words } from './words.ts';

/** Prints the problems, for people or as JSON. Resolves with 1 when one of them is an error. */
export async function runLint(
  config: Config,
  terminal: Terminal,
  { json }: { readonly json: boolean },
): Promise<number> {
  const { issues } = await loadCourse(config.course);
  if (json) process.stdout.write(`${JSON.stringify(issues, null, 2)}\n`);
  else for (const issue of issues) terminal.say(describeIssue(config.course, issue));
  if (!json && issues.length === 0) terminal.say(words.lintClean);
  return issues.some(({ severity }) => severity === 'error') ? 1 : 0;
}
