/**
 * The record of which lessons were proven, on which lab and when (`verified.yaml` beside course.yaml, written by
 * `tadak play --record`), and whether a lesson changed since. Knows nothing about how a lesson is proven.
 */
import { createHash } from 'node:crypto';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { locales } from '../../src/course/locales.ts';
import type { Lesson } from '../../src/course/model.ts';
import type { CourseSource } from '../../src/course/source.ts';

/** Name of the file. */
export const verifiedPath = 'verified.yaml';

const verifiedSchema = z.object({
  /** Kind of lab. */
  lab: z.string(),
  /** Hash of the lab's recipe. */
  recipe: z.string(),
  at: z.iso.datetime(),
  /** Versions of what the lesson stands on, by name, as the lab itself tells. */
  versions: z.record(z.string(), z.string()),
  locales: z.array(z.enum(locales)),
  passed: z.number().int(),
  /** Steps and questions that this lab could not run. */
  notRun: z.number().int(),
  /** Hash of the lesson's files and of the check functions. */
  content: z.string(),
});
/** One lesson's record. */
export type VerifiedLesson = z.infer<typeof verifiedSchema>;
/** All records by lesson id. */
export type VerifiedLessons = Readonly<Record<string, VerifiedLesson>>;

const fileSchema = z.object({ lessons: z.record(z.string(), verifiedSchema) });
const header = '# Which lessons were proven, where and when. Written by: npm run play -- --record\n';

/** The records of a course; none when there is no file, or one that cannot be read: then nothing is proven. */
export function readVerified(source: CourseSource): VerifiedLessons {
  const text = source.get(verifiedPath)?.text;
  if (text === undefined) return {};
  try {
    return fileSchema.parse(parse(text)).lessons;
  } catch {
    return {};
  }
}

/** The file's text. */
export function formatVerified(lessons: VerifiedLessons): string {
  const sorted = Object.fromEntries(Object.entries(lessons).sort(([left], [right]) => (left < right ? -1 : 1)));
  return `${header}${stringify({ lessons: sorted })}`;
}

/** Changes whenever a file of the lesson does, the check functions, or the network that all of them name. */
export function hashLesson(source: CourseSource, { folder }: Pick<Lesson, 'folder'>): string {
  const hash = createHash('sha256').update(`${networkOf(source)}\0`);
  for (const path of [...source.keys()].sort()) {
    if (!path.startsWith(`${folder}/`) && !path.startsWith('lib/')) continue;
    // The order prefix of a folder says nothing about the lesson.
    const name = path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
    hash.update(`${name}\0${withoutEditorLine(source.get(path)?.text ?? '')}\0`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** The course's setting as it is written; a course file that cannot be read has none. */
function networkOf(source: CourseSource): string {
  try {
    return JSON.stringify(
      (parse(source.get('course.yaml')?.text ?? '') as { network?: unknown } | null)?.network ?? '',
    );
  } catch {
    return '';
  }
}

/** Where an editor finds the file's schema says nothing about the lesson either. */
const withoutEditorLine = (text: string) => text.replace(/^# yaml-language-server:.*\n/, '');
