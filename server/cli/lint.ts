/**
 * `tadak lint`: what is wrong with the course's files.
 */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Config, projectFolder } from '../config.ts';
import { lintFolder } from '../course/lint-folder.ts';
import { describeIssue } from '../course-report.ts';
import type { Terminal } from './terminal.ts';
import { words } from './words.ts';

/** Prints the problems, for people or as JSON. Resolves with 1 when one of them is an error. */
export async function runLint(
  config: Config,
  terminal: Terminal,
  { json }: { readonly json: boolean },
): Promise<number> {
  const issues = await lintFolder(config.course, { tags: await readTags() });
  const errors = issues.filter(({ severity }) => severity === 'error').length;
  if (json) process.stdout.write(`${JSON.stringify(issues, null, 2)}\n`);
  else for (const issue of issues) terminal.say(describeIssue(config.course, issue));
  if (!json) terminal.say(issues.length === 0 ? words.lintClean : words.lintFound(errors, issues.length - errors));
  return errors > 0 ? 1 : 0;
}

/** What a text may use as a tag: every component for texts. */
export async function readTags(): Promise<readonly string[]> {
  const names = await readdir(join(projectFolder, 'src/components/course'));
  return names.filter((name) => name.endsWith('.astro')).map((name) => basename(name, '.astro'));
}
