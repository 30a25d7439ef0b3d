/**
 * The .mdx source of a lesson, for pages that are made from lessons. Knows nothing about what it says.
 */
import { getEntry } from 'astro:content';
import type { Locale } from '../course/locales.ts';
import { lessonHref, type PublicLesson } from './public-course.ts';

/** The source in a language, without its front matter; addresses are not filled in. */
export async function readLessonSource(lesson: PublicLesson, locale: Locale): Promise<string> {
  const id = lessonHref(lesson, locale).replace(/^\/|\/$/g, '');
  const entry = await getEntry('docs', id);
  if (!entry) throw new Error(`There is no page ${id}.`);
  return entry.body ?? '';
}
