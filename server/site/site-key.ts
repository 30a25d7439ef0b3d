/**
 * A name for a built site that changes with everything the build reads: sources, course, versions.
 * Knows nothing about building.
 */
import { createHash, type Hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';

/** Files beside `src` that shape the site. */
const rootFiles = ['astro.config.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** The key of the site of `course` built by this version of the project. */
export async function computeSiteKey(project: string, course: string): Promise<string> {
  const hash = createHash('sha256').update(basename(course));
  for (const name of rootFiles) hash.update(`\0${name}\0`).update(await readFile(join(project, name)));
  await addFolder(hash, join(project, 'src'));
  await addFolder(hash, course);
  return hash.digest('hex').slice(0, 16);
}

async function addFolder(hash: Hash, folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths.sort()) hash.update(`\0${relative(folder, path)}\0`).update(await readFile(path));
}
