/**
 * The files of this project that are made from the schemas: by path below the project, with their texts.
 * Knows nothing about who writes or compares them.
 */
import { fileFormats } from './formats.ts';
import { buildJsonSchema, schemaFileName, schemaFolder } from './json-schemas.ts';
import { buildReference } from './reference.ts';

/** One file. */
export interface GeneratedFile {
  /** Relative to the project's folder. */
  readonly path: string;
  readonly text: string;
}

/** All of them. */
export function generateFiles(): readonly GeneratedFile[] {
  const schemas = fileFormats.map((format) => ({
    path: `${schemaFolder}/${schemaFileName(format.name)}`,
    text: `${JSON.stringify(buildJsonSchema(format), null, 2)}\n`,
  }));
  return [...schemas, { path: 'docs/authoring-reference.md', text: buildReference() }];
}
