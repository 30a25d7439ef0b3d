/**
 * The one door through which a YAML file of a course comes in: syntax and schema problems become
 * issues with file, line and column. Knows nothing about what the file means.
 */
import { type Document, isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Issue } from './issue.ts';
import { problem } from './problems.ts';
import type { SourceFile } from './source.ts';

/** A parsed file, or what is wrong with it; `lineOf` finds the line of a key path. */
export interface YamlFile<T> {
  readonly value?: T;
  readonly issues: readonly Issue[];
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

/** Parses `file` as YAML and by `schema`. */
export function parseYamlFile<S extends z.ZodType>(schema: S, file: SourceFile): YamlFile<z.infer<S>> {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines, uniqueKeys: true });
  const lineOf = (path: readonly PropertyKey[]) => findLine(document, lines, path);
  if (document.errors.length > 0) {
    const issues = document.errors.map((error) => {
      const at = lines.linePos(error.pos[0]);
      const detail = (error.message.split('\n')[0] ?? '').replace(/ at line \d+.*$/, '');
      return problem('yaml-syntax', { file: file.path, line: at.line, column: at.col }, { detail });
    });
    return { issues, lineOf };
  }
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { value: parsed.data, issues: [], lineOf };
  const issues = parsed.error.issues.map((issue) =>
    problem(
      'schema',
      { file: file.path, line: lineOf(issue.path) },
      { path: issue.path.join('.') || '(file)', detail: issue.message, detailKo: inKorean(issue) },
    ),
  );
  return { issues, lineOf };
}

/** Line of the deepest node of `path` that exists. */
function findLine(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = document.contents;
  let line: number | undefined;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => String(item.key) === String(key));
      if (!pair) break;
      line = lineAt(lines, pair.key) ?? line;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      line = lineAt(lines, node) ?? line;
    } else break;
  }
  return line;
}

function lineAt(lines: LineCounter, node: unknown): number | undefined {
  const range = (node as { range?: readonly number[] } | null)?.range;
  return range?.[0] === undefined ? undefined : lines.linePos(range[0]).line;
}

const korean = z.locales.ko().localeError;

/** The schema library's own Korean sentence; its English one where it has none. */
function inKorean(issue: z.core.$ZodIssue): string {
  const said = korean({ ...issue, input: undefined } as z.core.$ZodRawIssue);
  return (typeof said === 'string' ? said : said?.message) ?? issue.message;
}
