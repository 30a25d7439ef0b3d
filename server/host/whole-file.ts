/**
 * Small files of this program's own that a later run of it reads: private to this user, whole or not there at all.
 * Knows nothing about what is in them.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { z } from 'zod';

/** Writes it beside its place first, so that a crash leaves the old one or the new one. */
export async function writeWholeFile(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.new`, content, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** The same with a value as JSON. */
export function writeJsonFile(path: string, value: unknown): Promise<void> {
  return writeWholeFile(path, JSON.stringify(value));
}

/** What is in it; `undefined` when there is no such file, or nothing that `schema` takes. */
export async function readJsonFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<z.infer<Schema> | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}
