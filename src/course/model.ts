/**
 * The course as everybody sees it after loading: chapters, lessons, steps, scripts, questions.
 * Knows nothing about the disk, the web or the lab.
 */
import type { Addresses, AddressPreset } from './addresses.ts';
import type { Capability } from './capabilities.ts';
import type { Form } from './form/form-schema.ts';
import type { ChapterId, CourseId, LessonId, QuestionId, StepId } from './ids.ts';
import type { Locale, Localized } from './locales.ts';
import type { Ask, LessonFile, Question, TypedCommand, Verdict } from './schema.ts';

/** A shell script of a course, addresses filled in. `path` is for messages to the author. */
export interface Script {
  readonly path: string;
  readonly text: string;
}

/** One step with its server-held scripts and rules. */
export interface Step {
  readonly id: StepId;
  readonly title: Localized;
  readonly needs: readonly Capability[];
  readonly timeoutMs: number;
  /** A pass is final: the step is never looked at again. */
  readonly once: boolean;
  /** Needs nothing of the steps before it. */
  readonly standsAlone: boolean;
  readonly ask: readonly Ask[];
  readonly hints: Readonly<Record<string, Localized>>;
  readonly why?: Localized;
  /** Makes the step a form in the page: graded here without a lab, outside the order of the lesson's steps. */
  readonly form?: Form;
  /** Prepares the step's start; run by `play` and by jumps. */
  readonly setup?: Script;
  /** Looks at the state. Absent for a step that only asks. */
  readonly check?: Script;
  /** Prints the right value for each `ask` id. */
  readonly askScripts: Readonly<Record<string, Script>>;
  /** The model solution. */
  readonly solve?: Script;
  /** Takes the step's effects back. */
  readonly reset?: Script;
  /** Wrong turns by the hint id they must produce. */
  readonly wrong: Readonly<Record<string, Script>>;
  /** Other right ways by name; play proves that the check accepts each. */
  readonly alternatives: Readonly<Record<string, Script>>;
  /** What play must know about some of the printed commands. */
  readonly typed: readonly TypedCommand[];
}

/** One lesson. */
export interface Lesson {
  readonly id: LessonId;
  readonly chapter: ChapterId;
  readonly title: Localized;
  readonly summary: Localized;
  readonly objectives: Readonly<Record<Locale, readonly string[]>>;
  readonly minutes: number;
  readonly start: LessonFile['start'];
  readonly covers: readonly string[];
  readonly steps: readonly Step[];
  readonly questions: readonly Question[];
  /** Scripts that compute the answer of `ask-lab` questions, by question id. */
  readonly questionScripts: Readonly<Record<QuestionId, Script>>;
  /** Run as root once when the lesson is first opened in a lab (must be repeatable). */
  readonly setup?: Script;
  /** Folder of the lesson, relative to the course folder. */
  readonly folder: string;
}

/** One chapter. */
export interface Chapter {
  readonly id: ChapterId;
  readonly title: Localized;
  readonly summary?: Localized;
  readonly lessons: readonly Lesson[];
}

/** One statement of the class notes. */
export interface Statement {
  /** `N1`, `N2`, … */
  readonly id: string;
  /** Where it stands in the notes: `14` or `14-16`. */
  readonly lines: string;
  /** The words of the notes. */
  readonly text: string;
  /** What they say, in English. */
  readonly en: string;
  readonly verdict: Verdict;
  /** What is right instead; present unless the statement is right. */
  readonly correction?: Localized;
}

/** A whole course. */
export interface Course {
  readonly id: CourseId;
  readonly title: Localized;
  readonly summary: Localized;
  /** What a learner can do at the end. */
  readonly objectives?: Readonly<Record<Locale, readonly string[]>>;
  readonly network: AddressPreset;
  readonly addresses: Addresses;
  readonly chapters: readonly Chapter[];
  /** The class notes, statement by statement; empty for a course without notes. */
  readonly statements: readonly Statement[];
  /** Functions put in front of every check and ask script (`lib/check.sh`). */
  readonly checkLibrary: Script;
  /**
   * Bring a lab that another lesson has changed to where lessons of a start state begin (`lib/start/<state>.sh`). Run as
   * root before the lesson; must be repeatable and quick when there is nothing to do.
   */
  readonly startScripts: Readonly<Partial<Record<LessonFile['start'], Script>>>;
}

/** Every lesson of a course in order. */
export function lessonsOf(course: Course): readonly Lesson[] {
  return course.chapters.flatMap((chapter) => chapter.lessons);
}

/** The lesson with this id, if any. */
export function findLesson(course: Course, id: string): Lesson | undefined {
  return lessonsOf(course).find((lesson) => lesson.id === id);
}

/** The step with this id, if any. */
export function findStep(lesson: Lesson, id: string): Step | undefined {
  return lesson.steps.find((step) => step.id === id);
}
