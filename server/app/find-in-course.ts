/**
 * Finds what a request names, or refuses it with Fault `not-found`.
 */
import type { QuestionId } from '../../src/course/ids.ts';
import { type Course, findLesson, findStep, type Lesson, type Step } from '../../src/course/model.ts';
import type { Question } from '../../src/course/schema.ts';
import { Fault } from '../../src/faults.ts';

/** Names a lesson of a course, as in a URL. */
export interface LessonName {
  readonly course: string;
  readonly lesson: string;
}
/** Names a step of a lesson. */
export interface StepName extends LessonName {
  readonly step: string;
}
/** Names a question of a lesson. */
export interface QuestionName extends LessonName {
  readonly question: string;
}

/** Refuses any course but ours. */
export function requireCourse(course: Course, id: string): Course {
  if (course.id !== id) throw new Fault('not-found', { what: `course ${id}` });
  return course;
}

/** The lesson of this name. */
export function requireLesson(course: Course, name: LessonName): Lesson {
  const lesson = findLesson(requireCourse(course, name.course), name.lesson);
  if (!lesson) throw new Fault('not-found', { what: `lesson ${name.lesson}` });
  return lesson;
}

/** The step of this name with its lesson. */
export function requireStep(course: Course, name: StepName): { readonly lesson: Lesson; readonly step: Step } {
  const lesson = requireLesson(course, name);
  const step = findStep(lesson, name.step);
  if (!step) throw new Fault('not-found', { what: `step ${name.step}` });
  return { lesson, step };
}

/** The question of this name with its lesson. */
export function requireQuestion(
  course: Course,
  name: QuestionName,
): { readonly lesson: Lesson; readonly question: Question & { readonly id: QuestionId } } {
  const lesson = requireLesson(course, name);
  const question = lesson.questions.find(({ id }) => id === name.question);
  if (!question) throw new Fault('not-found', { what: `question ${name.question}` });
  return { lesson, question: question as Question & { readonly id: QuestionId } };
}
