/**
 * Where the process that makes pages works: one folder for each course and data folder, below the project so that it
 * finds the project's packages. It is kept, since the next start is quicker with it; those of courses that are gone are not.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Whose folder it is. */
export interface WorkFolderOwner {
  readonly course: string;
  readonly data: string;
}

/** Names the course in each folder. */
const ownerFile = 'course';

/** The owner's folder below `parent`, ready for use. */
export async function openWorkFolder(parent: string, { course, data }: WorkFolderOwner): Promise<string> {
  const key = createHash('sha256').update(`${course}\0${data}`).digest('hex').slice(0, 12);
  const folder = join(parent, key);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, ownerFile), course);
  await removeOrphans(parent);
  return folder;
}

async function removeOrphans(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const course = await readFile(join(parent, name, ownerFile), 'utf8').catch(() => '');
    // One that names no course yet is just being made.
    if (course !== '' && !existsSync(course)) await rm(join(parent, name), { recursive: true, force: true });
  }
}
