/**
 * What a component needs to know about the page it is on: language, course, lesson.
 * Knows nothing about markup.
 */
import { course } from 'virtual:tadak/course';
import { defaultLocale, isLocale, type Locale } from '../course/locales.ts';
import type { Dictionary } from '../i18n/dictionary.ts';
import { type PageWords, pageWords } from '../i18n/page-words.ts';
import { t } from '../i18n/t.ts';
import {
  homeHref,
  lessonHref,
  type PublicChapter,
  type PublicCourse,
  type PublicLesson,
  publicLessonsOf,
} from './public-course.ts';

/** What every page in a language shares. */
export interface LocaleContext {
  readonly locale: Locale;
  readonly text: Dictionary;
  /** Sentences that are only printed, never sent to scripts. */
  readonly words: PageWords;
  readonly course: PublicCourse;
}
/** The page of a component. */
export interface CoursePageContext extends LocaleContext {
  /** Absent on the home page and on pages that belong to no lesson. */
  readonly lesson?: PublicLesson;
  readonly chapter?: PublicChapter;
  readonly previous?: PublicLesson;
  readonly next?: PublicLesson;
}

/** For components of pages that are not lessons: they are told their language. */
export function inLocale(locale: Locale): LocaleContext {
  return { locale, text: t(locale), words: pageWords(locale), course };
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
    ...inLocale(locale),
    ...(lesson ? { lesson } : {}),
    ...(chapter ? { chapter } : {}),
    ...(previous ? { previous } : {}),
    ...(next ? { next } : {}),
  };
}

/** Address of the page with this Starlight id in another language. */
export function hrefInLocale(id: string, locale: Locale): string {
  const [first = '', ...rest] = id.split('/');
  const path = isLocale(first) ? rest.join('/') : id;
  return path === '' || path === 'index' || path === '404' ? homeHref(locale) : `${homeHref(locale)}${path}/`;
}

/** Number of hands-on steps of some lessons. */
export function countSteps(lessons: readonly PublicLesson[]): number {
  return lessons.reduce((sum, lesson) => sum + lesson.steps.length, 0);
}
