/**
 * The course as pages may see it: texts and structure, without scripts, hints, keys, explanations or solutions.
 * Knows nothing about the disk or HTML.
 */
import type { Addresses } from '../course/addresses.ts';
import type { Capability } from '../course/capabilities.ts';
import { type PublicForm, publicForm } from '../course/form/public-form.ts';
import type { Locale, Localized } from '../course/locales.ts';
import { defaultLocale } from '../course/locales.ts';
import { type Machine, machineFor } from '../course/machines.ts';
import type { Course, Lesson, Statement, Step } from '../course/model.ts';
import { publicQuestion } from '../course/public-question.ts';
import type { PublicItem, PublicQuestion } from '../protocol/api.ts';

/** A value that a step asks for. */
export interface PublicAsk {
  readonly id: string;
  readonly question: Localized;
  readonly choices?: readonly PublicItem[];
}
/** A step. */
export interface PublicStep {
  readonly id: string;
  readonly title: Localized;
  readonly needs: readonly Capability[];
  readonly ask: readonly PublicAsk[];
  /** Present when the step is a form in the page. */
  readonly form?: PublicForm;
  readonly canReset: boolean;
  readonly hasSolution: boolean;
}
/** A lesson. */
export interface PublicLesson {
  readonly id: string;
  readonly chapter: string;
  /** Folder below the course folder. */
  readonly folder: string;
  readonly title: Localized;
  readonly summary: Localized;
  readonly objectives: Readonly<Record<Locale, readonly string[]>>;
  readonly minutes: number;
  /** The machine that it begins on. */
  readonly machine: Machine;
  /** Ids of the statements of the notes that it teaches. */
  readonly covers: readonly string[];
  readonly steps: readonly PublicStep[];
  readonly questions: readonly PublicQuestion[];
  /** When and where the lesson was proven last; absent when it never was. */
  readonly verified?: PublicVerified;
}
/** The last proof of a lesson. */
export interface PublicVerified {
  readonly lab: string;
  /** ISO date. */
  readonly at: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly notRun: number;
  /** Languages whose printed commands were typed. */
  readonly locales: readonly Locale[];
  /** Whether it prints other commands for other distributions: those of the lab's own were typed. */
  readonly hasVariants: boolean;
  /** Whether the lesson is still as it was then. */
  readonly isCurrent: boolean;
}
/** A chapter. */
export interface PublicChapter {
  readonly id: string;
  readonly title: Localized;
  readonly summary?: Localized;
  readonly lessons: readonly PublicLesson[];
}
/** The course. */
export interface PublicCourse {
  readonly id: string;
  readonly title: Localized;
  readonly summary: Localized;
  /** What a learner can do at the end. */
  readonly objectives?: Readonly<Record<Locale, readonly string[]>>;
  readonly addresses: Addresses;
  readonly chapters: readonly PublicChapter[];
  /** The class notes, statement by statement. */
  readonly statements: readonly Statement[];
}

function publicStep(step: Step): PublicStep {
  return {
    id: step.id,
    title: step.title,
    needs: step.needs,
    ask: step.ask.map(({ id, question, choices }) => ({
      id,
      question,
      ...(choices ? { choices: choices.map((choice) => ({ id: choice.id, text: choice.text })) } : {}),
    })),
    ...(step.form ? { form: publicForm(step.form) } : {}),
    canReset: step.form !== undefined || step.reset !== undefined,
    hasSolution: step.form !== undefined || step.solve !== undefined,
  };
}

function publicLesson(lesson: Lesson): PublicLesson {
  const { id, chapter, folder, title, summary, objectives, minutes, covers } = lesson;
  const steps = lesson.steps.map(publicStep);
  return {
    id,
    chapter,
    folder,
    title,
    summary,
    objectives,
    minutes,
    machine: machineFor(lesson.start),
    covers,
    steps,
    questions: lesson.questions.map(publicQuestion),
  };
}

/** Strips a course of everything that only the server may know. */
export function buildPublicCourse(course: Course): PublicCourse {
  const { id, title, summary, objectives, addresses, statements } = course;
  const written = course.chapters.filter((chapter) => chapter.lessons.length > 0);
  const chapters = written.map((chapter) => ({
    id: chapter.id,
    title: chapter.title,
    ...(chapter.summary ? { summary: chapter.summary } : {}),
    lessons: chapter.lessons.map(publicLesson),
  }));
  return { id, title, summary, ...(objectives ? { objectives } : {}), addresses, chapters, statements };
}

/** Every lesson in order. */
export function publicLessonsOf(course: PublicCourse): readonly PublicLesson[] {
  return course.chapters.flatMap((chapter) => chapter.lessons);
}

/** Address of the course's home in a language. */
export function homeHref(locale: Locale): string {
  return locale === defaultLocale ? '/' : `/${locale}/`;
}

/** Address of the notes, line by line; with an id, of that statement. */
export function notesHref(locale: Locale, statement?: string): string {
  return `${homeHref(locale)}notes/${statement === undefined ? '' : `#${statement}`}`;
}

/** Address of a chapter's command sheet; without one, of all of them. */
export function sheetHref(locale: Locale, chapter?: string): string {
  return `${homeHref(locale)}commands/${chapter === undefined ? '' : `${chapter}/`}`;
}

/** Address of a lesson in a language; order prefixes are not in it. */
export function lessonHref(lesson: Pick<PublicLesson, 'chapter' | 'id'>, locale: Locale): string {
  return `${homeHref(locale)}${lesson.chapter}/${lesson.id}/`;
}
