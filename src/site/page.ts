/**
 * What a component needs to know about the page it is on: language, course, lesson.
 * Knows nothing about markup.
 */
import { course } from 'virtual:tadak/course';
import { defaultLocale, isLocale, type Locale } from '../course/locales.ts';
import type { Dictionary } from '../i18n/dictionary.ts';
import { t } from '../i18n/t.ts';
import {
  lessonHref,
  type PublicChapter,
  type PublicCourse,
  type PublicLesson,
  publicLessonsOf,
} from './public-course.ts';

/** The page of a component. */
export interface CoursePageContext {
  readonly locale: Locale;
  readonly text: Dictionary;
  readonly course: PublicCourse;
  /** Absent on the home page and on pages that belong to no lesson. */
  readonly lesson?: PublicLesson;
  readonly chapter?: PublicChapter;
  readonly previous?: PublicLesson;
  readonly next?: PublicLesson;
}

/** Finds out from Starlight's route. */
export function pageOf(route: { readonly id: string; readonly locale: string | undefined }): CoursePageContext {
  const locale = isLocale(route.locale) ? route.locale : defaultLocale;
  const lessons = publicLessonsOf(course);
  const at = lessons.findIndex((lesson) => lessonHref(lesson, locale) === `/${route.id}/`);
  const lesson = lessons[at];
  const chapter = course.chapters.find(({ id }) => id === lesson?.chapter);
  const previous = at < 0 ? undefined : lessons[at - 1];
  const next = at < 0 ? undefined : lessons[at + 1];
  return {
    locale,
    text: t(locale),
    course,
    ...(lesson ? { lesson } : {}),
    ...(chapter ? { chapter } : {}),
    ...(previous ? { previous } : {}),
    ...(next ? { next } : {}),
  };
}

/** Number of hands-on steps of some lessons. */
export function countSteps(lessons: readonly PublicLesson[]): number {
  return lessons.reduce((sum, lesson) => sum + lesson.steps.length, 0);
}
