/**
 * The YAML files that an author writes, each with its schema. Knows nothing about what is made of the schemas.
 */
import type { z } from 'zod';
import { courseSchema, lessonSchema, notesSchema, quizSchema } from '../../src/course/schema.ts';

/** One kind of file. */
export interface FileFormat {
  /** Its name, without `.yaml`. */
  readonly name: 'course' | 'notes' | 'lesson' | 'quiz';
  /** Where it stands below `content/`. */
  readonly place: string;
  readonly schema: z.ZodType;
}

/** Every kind, in the order in which an author meets them. */
export const fileFormats: readonly FileFormat[] = [
  { name: 'course', place: '<course>/course.yaml', schema: courseSchema },
  { name: 'lesson', place: '<course>/<NN-chapter>/<NN-lesson>/lesson.yaml', schema: lessonSchema },
  { name: 'quiz', place: '<course>/<NN-chapter>/<NN-lesson>/quiz.yaml', schema: quizSchema },
  { name: 'notes', place: '<course>/notes.yaml', schema: notesSchema },
];
