/** What editors and authors are told comes from the schemas by which the files are read, and fits the course's files. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { fileFormats } from '../../../server/authoring/formats.ts';
import { generateFiles } from '../../../server/authoring/generated-files.ts';
import { buildJsonSchema, type JsonSchema, schemaLine } from '../../../server/authoring/json-schemas.ts';
import { projectFolder } from '../../../server/config.ts';
import { listFiles } from '../../../server/course/read-course-folder.ts';

const content = join(projectFolder, 'content/docker');
const read = (path: string) => readFileSync(path, 'utf8');
const schemaOf = (name: string) => fileFormats.find((format) => format.name === name);

/** Whether a file's content obeys the JSON schema alone, as an editor sees it. */
function complaintsOf(name: string, text: string): readonly string[] {
  const format = schemaOf(name);
  if (!format) throw new Error(`no format ${name}`);
  const schema = z.fromJSONSchema(buildJsonSchema(format) as Parameters<typeof z.fromJSONSchema>[0]);
  const parsed = schema.safeParse(parse(text));
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

test('the committed schemas and the reference are as `npm run tadak -- schema` writes them', () => {
  for (const { path, text } of generateFiles()) expect(read(join(projectFolder, path)), path).toBe(text);
});

test('every file of the course obeys its JSON schema, and names it for editors', async () => {
  const files = (await listFiles(content)).filter((file) => file.endsWith('.yaml') && file !== 'verified.yaml');
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const name = file.slice(file.lastIndexOf('/') + 1, -'.yaml'.length);
    const full = join(content, file);
    expect(complaintsOf(name, read(full)), file).toEqual([]);
    expect(read(full).split('\n')[0], file).toBe(schemaLine(name as 'lesson', dirname(full), projectFolder));
  }
});

test.for([
  ['an unknown key', 'lesson', 'minutes:', 'minuets:', /minuets/],
  ['a number out of range', 'lesson', 'minutes: 10', 'minutes: 999', /minutes/],
  ['a word that is not in the list', 'lesson', 'start: none', 'start: nowhere', /start/],
  [
    'a missing language',
    'lesson',
    'title: { ko: 파일 하나 만들기, en: Making a file }',
    'title: { ko: 파일 }',
    /title/,
  ],
  ['an unknown kind of question', 'quiz', 'kind: order', 'kind: essay', /questions/],
] as const)('an editor marks %s', ([, name, from, to, said]) => {
  const file = read(join(projectFolder, `test/fixtures/courses/tiny/10-first/10-files/${name}.yaml`));
  expect(file).toContain(from);
  expect(complaintsOf(name, file)).toEqual([]);
  expect(complaintsOf(name, file.replace(from, to)).join('\n')).toMatch(said);
});

test('every key of every file has a description of its own', () => {
  const missing = fileFormats.flatMap((format) => undescribed(buildJsonSchema(format), format.name));
  expect(missing).toEqual([]);
});

function undescribed(schema: JsonSchema, at: string): readonly string[] {
  const keys = Object.entries(schema.properties ?? {});
  const own = keys.filter(([, about]) => !about.description).map(([key]) => `${at}.${key}`);
  const inside = [
    ...keys,
    ...Object.entries(schema.definitions ?? {}),
    ...(schema.items ? [['[]', schema.items] as const] : []),
  ];
  return [...own, ...inside.flatMap(([key, about]) => undescribed(about, `${at}.${key}`))];
}
