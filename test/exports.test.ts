/** What modules offer: each export says what it is, and somebody uses it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

const texts = new Map(
  ['src', 'server', 'bench', 'test']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(ts|mjs|astro)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .concat(['astro.config.mjs', 'vitest.config.ts'].map((name) => join(root, name)))
    .map((path) => [relative(root, path), readFileSync(path, 'utf8')]),
);

interface Exported {
  readonly file: string;
  readonly name: string;
  readonly isDescribed: boolean;
}

/** The declarations that a module exports where they stand. */
function exportsOf(file: string, text: string): Exported[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return source.statements
    .filter((statement) => ts.canHaveModifiers(statement))
    .filter((statement) => ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .flatMap((statement) => {
      const isDescribed = ts.getJSDocCommentsAndTags(statement).length > 0;
      return namesOf(statement).map((name) => ({ file, name, isDescribed }));
    });
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations
      .map(({ name }) => name)
      .filter(ts.isIdentifier)
      .map(({ text }) => text);
  }
  const { name } = statement as ts.Statement & { readonly name?: ts.Node };
  return name !== undefined && ts.isIdentifier(name) ? [name.text] : [];
}

const exported = [...texts]
  .filter(([file]) => /^(src|server|bench)\/.*\.ts$/.test(file))
  .flatMap(([file, text]) => exportsOf(file, text));

test('every export says what it is', () => {
  expect(exported.length).toBeGreaterThan(500);
  expect(exported.filter(({ isDescribed }) => !isDescribed).map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
});

test('every export is used: nothing stands there that only its own declaration names', () => {
  const times = new Map<string, number>();
  for (const text of texts.values()) {
    for (const [word] of text.matchAll(/[A-Za-z_$][\w$]*/g)) times.set(word, (times.get(word) ?? 0) + 1);
  }
  const unused = exported.filter(({ name }) => times.get(name) === 1);
  expect(unused.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
});
