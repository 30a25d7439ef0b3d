/**
 * Which lessons changed since a commit, by asking git. What all lessons stand on (the check functions, the course's
 * settings, the lab's recipe) changes them all. Knows nothing about what is in the files.
 */
import { execFile } from 'node:child_process';
import { relative } from 'node:path';
import { promisify } from 'node:util';
import { type Course, lessonsOf } from '../../src/course/model.ts';
import { Fault } from '../../src/faults.ts';

const run = promisify(execFile);

/** Where to look. */
export interface ChangedOptions {
  readonly course: Course;
  readonly courseFolder: string;
  /** The lab's recipe. */
  readonly labFolder: string;
  /** A commit, branch or tag. */
  readonly since: string;
}

/** Ids of the lessons that changed, committed or not. Throws Fault `config-invalid` when git does not know the commit. */
export async function findChangedLessons(options: ChangedOptions): Promise<ReadonlySet<string>> {
  const { course, courseFolder, labFolder, since } = options;
  const git = async (...args: string[]) =>
    (await run('git', ['-C', courseFolder, ...args], { maxBuffer: 16 * 1024 * 1024 })).stdout;
  try {
    const top = (await git('rev-parse', '--show-toplevel')).trim();
    await git('rev-parse', '--verify', '--quiet', `${since}^{commit}`);
    const known = await git('diff', '--name-only', '-z', '--no-renames', '--no-relative', since, '--');
    const fresh = await git('ls-files', '--others', '--exclude-standard', '-z', '--full-name', '--', top);
    const files = `${known}${fresh}`.split('\0').filter((file) => file !== '');
    return chooseLessons(course, files, { course: relative(top, courseFolder), lab: relative(top, labFolder) });
  } catch (cause) {
    throw new Fault('config-invalid', { name: '--changed', value: since, expected: '<git commit>' }, { cause });
  }
}

/** The lessons that `files` belong to; paths are relative to the repository's top. */
export function chooseLessons(
  course: Course,
  files: readonly string[],
  folders: { readonly course: string; readonly lab: string },
): ReadonlySet<string> {
  const below = (folder: string) => files.some((file) => file.startsWith(`${folder}/`));
  const own = (path: string) => (folders.course === '' ? path : `${folders.course}/${path}`);
  const all = lessonsOf(course);
  if (below(own('lib')) || files.includes(own('course.yaml')) || below(folders.lab)) {
    return new Set(all.map(({ id }) => id));
  }
  return new Set(all.filter(({ folder }) => below(own(folder))).map(({ id }) => id));
}
