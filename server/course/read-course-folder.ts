/**
 * Reads a course folder from disk into plain data. Knows nothing about what the files mean.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { CourseSource, SourceFile } from '../../src/course/source.ts';
import { Fault } from '../../src/faults.ts';

/** Text files that belong to a course; anything else (pictures) is left to the site. */
const textFile = /\.(ya?ml|mdx?|sh|txt)$/;
/** Largest text file that is read, bytes. */
const maxFileBytes = 1024 * 1024;

/** Reads every text file below `folder`. Throws Fault `course-not-found` when there is no such folder. */
export async function readCourseFolder(folder: string): Promise<CourseSource> {
  const names = await listFiles(folder);
  const files = await Promise.all(
    names.filter((name) => textFile.test(name)).map((name) => readSourceFile(folder, name)),
  );
  return new Map(files.map((file) => [file.path, file]));
}

/** Paths of all files below `folder`, relative to it. Throws Fault `course-not-found`. */
export async function listFiles(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
  } catch (cause) {
    throw new Fault('course-not-found', { path: folder }, { cause });
  }
}

async function readSourceFile(folder: string, path: string): Promise<SourceFile> {
  const full = join(folder, path);
  const { mode, size } = await stat(full);
  if (size > maxFileBytes) throw new Fault('too-large', { limitBytes: maxFileBytes }, { cause: full });
  return { path, text: await readFile(full, 'utf8'), executable: (mode & 0o100) !== 0 };
}
