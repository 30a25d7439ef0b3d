/**
 * The one door through which a YAML file of a course comes in: syntax and schema problems become
 * issues with file, line and column. Knows nothing about what the file means.
 */
import { type Document, isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Issue } from './issue.ts';
import { problem } from './problems.ts';
import type { SourceFile } from './source.ts';

/** Where in a YAML file something stands, 1-based. */
export interface YamlPlace {
  readonly line: number;
  readonly column: number;
}

/** A parsed file, or what is wrong with it; `placeOf` and `lineOf` find where a key path stands. */
export interface YamlFile<T> {
  readonly value?: T;
  readonly issues: readonly Issue[];
  placeOf(path: readonly PropertyKey[]): YamlPlace | undefined;
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

/** Parses `file` as YAML and by `schema`. */
export function parseYamlFile<S extends z.ZodType>(schema: S, file: SourceFile): YamlFile<z.infer<S>> {
  const lines = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: lines, uniqueKeys: true });
  const placeOf = (path: readonly PropertyKey[]) => findPlace(document, lines, path);
  const lineOf = (path: readonly PropertyKey[]) => placeOf(path)?.line;
  if (document.errors.length > 0) {
    const issues = document.errors.map((error) => {
      const at = lines.linePos(error.pos[0]);
      const detail = (error.message.split('\n')[0] ?? '').replace(/ at line \d+.*$/, '');
      return problem('yaml-syntax', { file: file.path, line: at.line, column: at.col }, { detail });
    });
    return { issues, placeOf, lineOf };
  }
  const content: unknown = document.toJS();
  const parsed = schema.safeParse(content);
  if (parsed.success) return { value: parsed.data, issues: [], placeOf, lineOf };
  const issues = parsed.error.issues.map((issue) =>
    problem(
      'schema',
      { file: file.path, ...placeOf(pathOf(issue)) },
      {
        path: issue.path.join('.') || '(file)',
        detail: issue.message,
        detailKo: inKorean(issue, valueAt(content, issue.path)),
      },
    ),
  );
  return { issues, placeOf, lineOf };
}

/** Where a schema problem stands: an unknown key stands for itself. */
function pathOf(issue: z.core.$ZodIssue): readonly PropertyKey[] {
  return issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
}

/** Place of the deepest node of `path` that exists. */
function findPlace(document: Document, lines: LineCounter, path: readonly PropertyKey[]): YamlPlace | undefined {
  let node: unknown = document.contents;
  let place: YamlPlace | undefined;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => String(item.key) === String(key));
      if (!pair) break;
      place = placeAt(lines, pair.key) ?? place;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      place = placeAt(lines, node) ?? place;
    } else break;
  }
  return place;
}

function placeAt(lines: LineCounter, node: unknown): YamlPlace | undefined {
  const range = (node as { range?: readonly number[] } | null)?.range;
  if (range?.[0] === undefined) return undefined;
  const { line, col } = lines.linePos(range[0]);
  return { line, column: col };
}

const korean = z.locales.ko().localeError;

/** The schema library's own Korean sentence; its English one where it has none. */
function inKorean(issue: z.core.$ZodIssue, input: unknown): string {
  const said = korean({ ...issue, input } as z.core.$ZodRawIssue);
  return (typeof said === 'string' ? said : said?.message) ?? issue.message;
}

/** What stands at a path; `undefined` when nothing does. */
const valueAt = (content: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], content);
