/**
 * The file formats of a course: course.yaml, lesson.yaml and quiz.yaml.
 * Every key's comment is its reference. Knows nothing about folders, scripts on disk or pages.
 */
import { z } from 'zod';
import { capabilities } from './capabilities.ts';
import { idPattern } from './ids.ts';

const id = z.string().max(64).regex(idPattern, 'lower-case words joined by hyphens');
const text = z.string().trim().min(1);
/** A text in every language. */
export const localizedSchema = z.strictObject({ ko: text, en: text });
const localizedListSchema = z.strictObject({ ko: z.array(text).min(1), en: z.array(text).min(1) });
const needs = z.array(z.enum(capabilities)).default([]);

/** `content/<course>/course.yaml` */
export const courseSchema = z.strictObject({
  /** Title of the course. */
  title: localizedSchema,
  /** One or two sentences for the home page and search engines. */
  summary: localizedSchema,
  /** Address preset: `class` (213.0.113.0/24) or `private` (192.168.113.0/24). */
  network: z.enum(['class', 'private']).default('class'),
  /** Chapters by id (folder name without its order prefix). */
  chapters: z.record(id, z.strictObject({ title: localizedSchema, summary: localizedSchema.optional() })),
});

/** A value that a step asks for; `steps/<step>/ask/<id>.sh` prints the right one in the lab. */
export const askSchema = z.strictObject({
  id,
  /** The question beside the input field. */
  question: localizedSchema,
  /** When given, the learner chooses instead of typing; the script prints the id of the right choice. */
  choices: z
    .array(z.strictObject({ id, text: localizedSchema }))
    .min(2)
    .optional(),
  /** Shown when the value is not right. */
  hint: localizedSchema,
});

/** One step of a lesson. A step has `steps/<id>/check.sh`, or `ask`, or both. */
export const stepSchema = z.strictObject({
  /** Stable id; also the folder below `steps/`. */
  id,
  /** Heading of the step. */
  title: localizedSchema,
  /** What the lab must offer; otherwise the step is shown as reading. */
  needs,
  /** Longest time a check may take, in seconds. */
  timeoutSeconds: z.number().int().min(1).max(300).default(30),
  /** Values to ask for. */
  ask: z.array(askSchema).default([]),
  /** What to say for each hint id that `check.sh` can name. */
  hints: z.record(id, localizedSchema).default({}),
  /** Sentence shown after a pass: why it worked. */
  why: localizedSchema.optional(),
});

/** Where a lab stands when a lesson begins. */
export const startStates = ['bare', 'repo-ready', 'docker-ready', 'both-ready', 'two-gw', 'none'] as const;

/** `…/<NN-lesson>/lesson.yaml` */
export const lessonSchema = z.strictObject({
  title: localizedSchema,
  /** One sentence for lists and search. */
  summary: localizedSchema,
  /** What the learner can do afterwards. */
  objectives: localizedListSchema,
  /** Estimated time. */
  minutes: z.number().int().min(1).max(240),
  /** Start state of the lab. */
  start: z.enum(startStates),
  /** Statements of the class notes that the lesson teaches, e.g. `N12`. */
  covers: z.array(z.string().regex(/^N\d{1,3}$/)).default([]),
  steps: z.array(stepSchema),
});

const choiceSchema = z.strictObject({
  id,
  text: localizedSchema,
  /** Whether this choice belongs to the right answer. */
  correct: z.boolean().default(false),
  /** Why it is right or wrong. */
  why: localizedSchema,
});
const questionBase = { id, text: localizedSchema };
const singleSchema = z.strictObject({
  ...questionBase,
  kind: z.literal('single'),
  choices: z.array(choiceSchema).min(2),
});
const multipleSchema = z.strictObject({
  ...questionBase,
  kind: z.literal('multiple'),
  choices: z.array(choiceSchema).min(2),
});
const orderSchema = z.strictObject({
  ...questionBase,
  kind: z.literal('order'),
  /** In the right order; shown shuffled. `why` says why it stands there. */
  items: z.array(z.strictObject({ id, text: localizedSchema, why: localizedSchema })).min(3),
});
const fillInSchema = z.strictObject({
  ...questionBase,
  kind: z.literal('fill-in'),
  /** Accepted answers; white space is folded before comparing. The first one is the model answer. */
  accept: z.array(text).default([]),
  /** Accepted answers as regular expressions over the folded text, anchored at both ends. */
  acceptPatterns: z.array(text).default([]),
  /** Known mistakes: a regular expression over the folded text and what to say. First match wins. */
  mistakes: z.array(z.strictObject({ match: text, why: localizedSchema })).default([]),
  /** Why the right answer is right. */
  why: localizedSchema,
});
const askLabSchema = z.strictObject({
  ...questionBase,
  kind: z.literal('ask-lab'),
  /** What the lab must offer for `quiz/<id>.sh` to compute the right answer. */
  needs,
  /** How the learner finds it, shown after a wrong answer. */
  hint: localizedSchema,
  why: localizedSchema,
});

/** One quiz question of any kind. */
export const questionSchema = z.discriminatedUnion('kind', [
  singleSchema,
  multipleSchema,
  orderSchema,
  fillInSchema,
  askLabSchema,
]);

/** `…/<NN-lesson>/quiz.yaml` */
export const quizSchema = z.strictObject({ questions: z.array(questionSchema).min(1) });

/** Parsed course.yaml. */
export type CourseFile = z.infer<typeof courseSchema>;
/** Parsed lesson.yaml. */
export type LessonFile = z.infer<typeof lessonSchema>;
/** Parsed quiz.yaml. */
export type QuizFile = z.infer<typeof quizSchema>;
/** One question with its key: never send it to a browser; see `publicQuestion`. */
export type Question = z.infer<typeof questionSchema>;
/** One step as written in lesson.yaml. */
export type StepFile = z.infer<typeof stepSchema>;
/** One value that a step asks for. */
export type Ask = z.infer<typeof askSchema>;
