/**
 * The notes' statements: each one is taught somewhere, and what a text corrects is what its lesson covers.
 */

import { notesPath } from '../build-statements.ts';
import type { Issue } from '../issue.ts';
import { lessonsOf } from '../model.ts';
import { problem } from '../problems.ts';
import { notesSchema } from '../schema.ts';
import { parseYamlFile } from '../yaml-file.ts';
import type { CourseText, LintInput } from './lint-input.ts';

/** Problems of what is covered. Without a list of statements only the corrections are looked at. */
export function lintCovers(input: LintInput, texts: readonly CourseText[]): readonly Issue[] {
  return [...lintStatements(input), ...lintFixes(input, texts)];
}

function lintStatements({ course, source }: LintInput): readonly Issue[] {
  const file = source.get(notesPath);
  if (!file) return [];
  // Building the course has said what is wrong with the file itself.
  const { placeOf } = parseYamlFile(notesSchema, file);
  const covered = new Set(lessonsOf(course).flatMap(({ covers }) => covers));
  return course.statements.flatMap(({ id }, index) =>
    covered.has(id)
      ? []
      : [problem('statement-not-covered', { file: file.path, ...placeOf(['statements', index]) }, { id })],
  );
}

function lintFixes({ source }: LintInput, texts: readonly CourseText[]): readonly Issue[] {
  return texts.flatMap(({ path, lesson, prose }) =>
    prose.lines.flatMap(({ text, line }) => {
      const match = /<Fix\s[^>]*?n="([^"]+)"/.exec(text);
      const id = match?.[1] ?? '';
      if (!match || !lesson || lesson.covers.includes(id) || !source.has(path)) return [];
      return [problem('fix-not-covered', { file: path, line, column: match.index + 1 }, { id })];
    }),
  );
}
