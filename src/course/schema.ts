/**
 * The file formats of a course: course.yaml, lesson.yaml and quiz.yaml.
 * Every key's comment is its reference. Knows nothing about folders, scripts on disk or pages.
 */
import { z } from 'zod';
import { capabilities } from './capabilities.ts';
import { formSchema } from './form/form-schema.ts';
import { idSchema as id, localizedSchema, textSchema as text } from './text-schema.ts';

const localizedListSchema = z.strictObject({ ko: z.array(text).min(1), en: z.array(text).min(1) });
const needs = z.array(z.enum(capabilities)).default([]);

/** What the course thinks of a statement of the class notes. */
export const verdicts = ['right', 'imprecise', 'wrong', 'outdated', 'dangerous'] as const;
const statementId = z.string().regex(/^N[1-9]\d{0,2}$/, 'N and a number, e.g. N12');

/** `content/<course>/notes.yaml` (optional): the class notes, statement by statement. */
export const notesSchema = z.strictObject({
  statements: z.array(
    z.strictObject({
      /** `N1`, `N2`, … without gaps; what `covers` and `<Fix n="…">` name. */
      id: statementId,
      /** Where it stands in the notes: `"14"` or `"14-16"`. */
      lines: z.string().regex(/^\d+(-\d+)?$/, 'a line or a range, e.g. "14" or "14-16"'),
      /** The words of the notes, as they were written. */
      text,
      /** What they say, in English. */
      en: text,
      /** `right`, or in which way it is not. */
      verdict: z.enum(verdicts),
      /** What is right instead, said kindly; needed unless the statement is right. */
      correction: localizedSchema.optional(),
    }),
  ),
});

/** `content/<course>/course.yaml` */
export const courseSchema = z.strictObject({
  /** Title of the course. */
  title: localizedSchema,
  /** One or two sentences for the home page and search engines. */
  summary: localizedSchema,
  /** What a learner can do at the end, for the home page. */
  objectives: localizedListSchema.optional(),
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

const pattern = text.refine((source) => {
  try {
    return Boolean(new RegExp(source, 'u'));
  } catch {
    return false;
  }
}, 'a regular expression');

/**
 * What `tadak play` does beyond typing a printed command and waiting for the next prompt. Only for commands that ask
 * something, stay in the foreground, open a shell without marks of its own, or are meant to fail.
 */
export const typedSchema = z.strictObject({
  /** The command as printed in the step. */
  command: text,
  /**
   * What the program shows and what is pressed then, in order: `see` is a regular expression over the output since
   * Enter, without colours; `press` is text with keys such as `<Enter>`, `<Esc>`, `<Tab>`, `<Ctrl-C>` in it.
   */
  answers: z.array(z.strictObject({ see: pattern, press: text })).default([]),
  /**
   * The command opens a shell without marks (one inside a container): the end of the last line, as a regular
   * expression, that says that it waits for the next command. Holds until the machine's own prompt is back.
   */
  prompt: pattern.optional(),
  /** The command is meant to end with an error; otherwise play takes that for a mistake of the lesson. */
  fails: z.boolean().default(false),
  /** The command ends this terminal (a reboot): play opens it again, as the learner would. */
  reopens: z.boolean().default(false),
});

/** One step of a lesson. A step has `steps/<id>/check.sh`, or `ask`, or both; or it is a `form` and needs no lab. */
export const stepSchema = z.strictObject({
  /** Stable id; also the folder below `steps/`. */
  id,
  /** Heading of the step. */
  title: localizedSchema,
  /** What the lab must offer; otherwise the step is shown as reading. */
  needs,
  /** Longest time a check may take, in seconds. */
  timeoutSeconds: z.number().int().min(1).max(300).default(30),
  /**
   * A pass is final: the step is never looked at again, so it cannot regress. For what is true at one moment only,
   * such as a diagnosis that the next step repairs.
   */
  once: z.boolean().default(false),
  /** Values to ask for. */
  ask: z.array(askSchema).default([]),
  /** Makes the step a form in the page, graded by rules; `form/form-schema.ts` describes its keys. */
  form: formSchema.optional(),
  /** What to say for each hint id that `check.sh` or a rule of the form can name. */
  hints: z.record(id, localizedSchema).default({}),
  /** Sentence shown after a pass: why it worked. */
  why: localizedSchema.optional(),
  /** What `tadak play` must know about some of the printed commands. */
  play: z.array(typedSchema).default([]),
});

/**
 * Where a lab stands when a lesson begins. `selinux` asks for a machine of its own, on which SELinux is enforcing
 * (`machines.ts`); all others begin on the usual machine.
 */
export const startStates = ['bare', 'repo-ready', 'docker-ready', 'both-ready', 'two-gw', 'selinux', 'none'] as const;

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
  covers: z.array(statementId).default([]),
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
/** Parsed notes.yaml. */
export type NotesFile = z.infer<typeof notesSchema>;
/** One verdict. */
export type Verdict = (typeof verdicts)[number];
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
/** How one printed command is typed. */
export type TypedCommand = z.infer<typeof typedSchema>;
