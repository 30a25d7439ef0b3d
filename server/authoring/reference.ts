/**
 * The authors' reference as Markdown: every key of every file, from the JSON schemas. Pure; knows nothing about what a
 * key means.
 */
import { idPattern } from '../../src/course/ids.ts';
import { type FileFormat, fileFormats } from './formats.ts';
import { buildJsonSchema, type JsonSchema } from './json-schemas.ts';

const head = `# Reference: every key of a course’s files

Written by \`npm run tadak -- schema\` from [\`src/course/schema.ts\`](../src/course/schema.ts); edit the descriptions there. How the
files belong together is in [authoring.md](authoring.md), a first lesson in [tutorial.md](tutorial.md). A key in **bold**
must be there; the others have the default that is named, or may be left out.
`;

/** The whole page. */
export function buildReference(): string {
  const schemas = fileFormats.map((format) => ({ format, schema: buildJsonSchema(format) }));
  const parts = new Map(schemas.flatMap(({ schema }) => Object.entries(schema.definitions ?? {})));
  const files = schemas.map(({ format, schema }) => fileSection(format, schema));
  return [head, ...files, '## Parts\n', ...[...parts].map(([id, part]) => partSection(id, part))].join('\n');
}

function fileSection({ name, place }: FileFormat, schema: JsonSchema): string {
  return [`## ${name}.yaml\n`, `\`content/${place}\`. ${schema.description ?? ''}\n`, keyTable(schema)].join('\n');
}

function partSection(id: string, part: JsonSchema): string {
  const body = part.properties ? keyTable(part) : meanings(part);
  return [`### ${id}\n`, `${part.description ?? ''}\n`, body].join('\n');
}

/** The keys of an object, and below them the meanings of the words that a key accepts. */
function keyTable({ properties = {}, required = [] }: JsonSchema): string {
  const keys = Object.entries(properties);
  const rows = keys.map(([key, about]) => {
    const name = required.includes(key) ? `**\`${key}\`**` : `\`${key}\``;
    return `| ${name} | ${cell(`${kindOf(about)}${defaultOf(about)}`)} | ${cell(about.description ?? '')} |`;
  });
  const words = keys.map(([key, about]) => wordList(key, about)).filter((list) => list !== '');
  return ['| Key | Value | Meaning |', '|---|---|---|', ...rows, '', ...words].join('\n');
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** What may stand there, in words. */
function kindOf(schema: JsonSchema): string {
  const whole = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (whole !== undefined) return linkTo(whole);
  const either = schema.oneOf ?? schema.anyOf;
  if (either) return either.map(kindOf).join(' or ');
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum) return schema.enum.map((word) => `\`${word}\``).join(', ');
  if (schema.type === 'array') return `list of: ${kindOf(schema.items ?? {})}`;
  if (schema.type === 'integer') return numberKind(schema);
  if (schema.type === 'boolean') return '`true`, `false`';
  if (schema.type === 'object') return objectKind(schema);
  return schema.pattern === idPattern.source ? 'id' : 'text';
}

/** The schema library's own largest number says nothing to an author. */
function numberKind({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: JsonSchema): string {
  return maximum === Number.MAX_SAFE_INTEGER ? `number from ${minimum}` : `number ${minimum}–${maximum}`;
}

function objectKind({ properties, additionalProperties }: JsonSchema): string {
  if (typeof additionalProperties === 'object') return `id: ${kindOf(additionalProperties)}`;
  const keys = Object.entries(properties ?? {}).map(([key, about]) => `\`${key}\` (${kindOf(about)})`);
  return `{ ${keys.join(', ')} }`;
}

function linkTo(ref: string): string {
  const id = ref.slice(ref.lastIndexOf('/') + 1);
  return `[${id}](#${id})`;
}

function defaultOf(schema: JsonSchema): string {
  if (schema.default === undefined) return '';
  const isEmpty = typeof schema.default === 'object' && Object.keys(schema.default as object).length === 0;
  return isEmpty ? '; default: none' : `; default: \`${schema.default}\``;
}

function wordList(key: string, schema: JsonSchema): string {
  return schema.enumDescriptions ? `Words for \`${key}\`:\n\n${meanings(schema)}` : '';
}

function meanings({ enum: words = [], enumDescriptions = [] }: JsonSchema): string {
  return `${words.map((word, index) => `- \`${word}\`: ${enumDescriptions[index] ?? ''}`).join('\n')}\n`;
}
