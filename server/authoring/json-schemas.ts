/**
 * JSON schemas of the authors' files, so that editors complete keys, explain them and mark what is wrong. Made from the
 * very schemas by which the files are read. Pure: knows nothing about the disk.
 */
import { relative } from 'node:path';
import { z } from 'zod';
import type { FileFormat } from './formats.ts';

/** Folder of the schemas, below the project's. */
export const schemaFolder = 'docs/schema';

/** A JSON schema as far as it is read here: draft 7, which every editor knows. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  /** Of VS Code's YAML extension: what each word of `enum` means. */
  readonly enumDescriptions?: readonly string[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly required?: readonly string[];
  readonly allOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

/** The schema of one kind of file, as the author writes it: what has a default may be left out. */
export function buildJsonSchema({ schema, name }: FileFormat): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', target: 'draft-7' });
  return { $schema, title: `Tadak ${name}.yaml`, ...rest } as JsonSchema;
}

/** File name of a schema. */
export const schemaFileName = (name: FileFormat['name']): string => `${name}.schema.json`;

/** The line by which an editor finds the schema of a file in `folder`; both folders are absolute. */
export function schemaLine(name: FileFormat['name'], folder: string, project: string): string {
  return `# yaml-language-server: $schema=${relative(folder, `${project}/${schemaFolder}/${schemaFileName(name)}`)}`;
}
