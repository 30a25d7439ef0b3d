/**
 * Builds the statements of the class notes from notes.yaml, and checks that lessons name only what is there.
 * A course without notes.yaml has none, and may name any. Knows nothing about how they are shown.
 */
import { fillAddresses } from './addresses.ts';
import { type BuildContext, checkAddressTokens } from './build-step.ts';
import type { Chapter, Lesson, Statement } from './model.ts';
import { problem } from './problems.ts';
import { lessonSchema, type NotesFile, notesSchema } from './schema.ts';
import { parseYamlFile, type YamlFile } from './yaml-file.ts';

/** The class notes, statement by statement. */
export const notesPath = 'notes.yaml';

/** Reads the statements; what is wrong with them goes to the context's issues. */
export function buildStatements(context: BuildContext): readonly Statement[] {
  const file = context.source.get(notesPath);
  if (!file) return [];
  context.issues.push(...checkAddressTokens(file));
  const parsed = parseYamlFile(notesSchema, { ...file, text: fillAddresses(file.text, context.addresses) });
  context.issues.push(...parsed.issues);
  const statements = parsed.value?.statements ?? [];
  checkNumbers(statements, parsed, context);
  checkCorrections(statements, parsed, context);
  return statements.map(({ correction, ...rest }) => (correction ? { ...rest, correction } : rest));
}

/** Reports the statements that a lesson covers and notes.yaml does not have. */
export function checkCovers(
  chapters: readonly Chapter[],
  statements: readonly Statement[],
  context: BuildContext,
): void {
  if (!context.source.has(notesPath)) return;
  const known = new Set(statements.map(({ id }) => id));
  for (const lesson of chapters.flatMap(({ lessons }) => lessons)) {
    for (const [index, id] of lesson.covers.entries()) {
      if (known.has(id)) continue;
      const place = { file: `${lesson.folder}/lesson.yaml`, line: lineOfCovers(lesson, index, context) };
      context.issues.push(problem('unknown-statement', place, { id }));
    }
  }
}

function lineOfCovers(lesson: Lesson, index: number, { source }: BuildContext): number | undefined {
  const file = source.get(`${lesson.folder}/lesson.yaml`);
  return file && parseYamlFile(lessonSchema, file).lineOf(['covers', index]);
}

type Statements = NotesFile['statements'];

function checkNumbers(statements: Statements, { lineOf }: YamlFile<NotesFile>, context: BuildContext): void {
  const ids = statements.map(({ id }) => id);
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) === index) continue;
    const place = { file: notesPath, line: lineOf(['statements', index, 'id']) };
    context.issues.push(problem('duplicate-id', place, { kind: 'statement', id }));
  }
  const last = Math.max(0, ...ids.map((id) => Number(id.slice(1))));
  for (let number = 1; number <= last; number += 1) {
    const id = `N${number}`;
    if (ids.includes(id)) continue;
    const next = statements.findIndex((statement) => Number(statement.id.slice(1)) > number);
    context.issues.push(
      problem('statement-gap', { file: notesPath, line: lineOf(['statements', next, 'id']) }, { id }),
    );
  }
}

function checkCorrections(statements: Statements, { lineOf }: YamlFile<NotesFile>, context: BuildContext): void {
  for (const [index, { id, verdict, correction }] of statements.entries()) {
    const place = { file: notesPath, line: lineOf(['statements', index, 'verdict']) };
    if (verdict !== 'right' && !correction) context.issues.push(problem('statement-without-correction', place, { id }));
    if (verdict === 'right' && correction) context.issues.push(problem('correction-of-right', place, { id }));
  }
}
