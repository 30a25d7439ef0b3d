/**
 * What the parts of lint work on.
 */
import type { Locale } from '../locales.ts';
import type { Course, Lesson } from '../model.ts';
import type { Prose } from '../prose.ts';
import type { CourseSource } from '../source.ts';

/** What lint is given. */
export interface LintInput {
  readonly course: Course;
  readonly source: CourseSource;
  /** Every file of the course folder, pictures too, relative to it. */
  readonly files: ReadonlySet<string>;
  /** Tags that a text may use. */
  readonly tags: readonly string[];
}

/** One text of the course; the home page's has no lesson. */
export interface CourseText {
  readonly path: string;
  readonly locale: Locale;
  readonly prose: Prose;
  readonly lesson?: Lesson;
}
