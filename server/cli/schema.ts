/**
 * `tadak schema`: writes the JSON schemas of the authors' files and the authors' reference into the project.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { generateFiles } from '../authoring/generated-files.ts';
import { type Config, projectFolder } from '../config.ts';
import type { Terminal } from './terminal.ts';
import { words } from './words.ts';

/** Writes all of them, and says which. */
export async function runSchema(_config: Config, terminal: Terminal): Promise<number> {
  for (const { path, text } of generateFiles()) {
    const full = join(projectFolder, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, text);
    terminal.say(words.wrote(path));
  }
  return 0;
}
