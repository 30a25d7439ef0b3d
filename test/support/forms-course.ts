/** The course of form steps, as it is and with files changed; `plan` is its form step. */
import { fileURLToPath } from 'node:url';
import { readCourseFolder } from '../../server/course/read-course-folder.ts';
import { type BuiltCourse, buildCourse } from '../../src/course/build-course.ts';
import type { Form } from '../../src/course/form/form-schema.ts';
import type { Course, Step } from '../../src/course/model.ts';
import { stepOf } from './tiny-course.ts';

/** Folder of the course. */
export const formsFolder: string = fileURLToPath(new URL('../fixtures/courses/forms', import.meta.url));
/** Its lesson.yaml, relative to the course. */
export const formsLesson = '10-plans/10-network/lesson.yaml';

/** Builds the course, with `from` replaced by `to` in its lesson.yaml. */
export async function buildForms(from = '', to = ''): Promise<BuiltCourse> {
  const source = new Map(await readCourseFolder(formsFolder));
  const file = source.get(formsLesson);
  if (!file?.text.includes(from)) throw new Error(`${formsLesson} has no "${from}"`);
  return buildCourse('forms', source.set(formsLesson, { ...file, text: file.text.replace(from, to) }));
}

/** The course, which must build. */
export async function formsCourse(): Promise<Course> {
  const { course, issues } = await buildForms();
  if (!course || issues.length > 0) throw new Error(JSON.stringify(issues));
  return course;
}

/** Its form step. */
export async function planStep(): Promise<Step & { readonly form: Form }> {
  const { step } = stepOf(await formsCourse(), 'network', 'plan');
  if (!step.form) throw new Error('plan is no form');
  return { ...step, form: step.form };
}
