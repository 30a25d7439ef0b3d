/**
 * The file formats of a course: course.yaml, notes.yaml, lesson.yaml and quiz.yaml.
 * What a key means is said here once, in its `describe`: editors and the authors' reference show it (`tadak schema`).
 * Knows nothing about folders, scripts on disk or pages.
 */
import { z } from 'zod';
import { capabilityMeanings } from './capabilities.ts';
import { formSchema } from './form/form-schema.ts';
import {
  idSchema as id,
  localizedSchema as localized,
  localizedListSchema as localizedList,
  textSchema as text,
  wordSchema,
} from './text-schema.ts';

const capability = wordSchema(capabilityMeanings).meta({ id: 'capability', description: 'What a lab can offer.' });
const needs = z.array(capability).default([]);

const verdictMeanings = {
  right: 'it holds as it stands',
  imprecise: 'right at heart, but not exactly',
  wrong: 'it does not hold',
  outdated: 'it held once',
  dangerous: 'following it does harm',
} as const;
/** What the course thinks of a statement of the class notes. */
export const verdicts = Object.keys(verdictMeanings) as readonly Verdict[];
const statementId = z.string().regex(/^N[1-9]\d{0,2}$/, 'N and a number, e.g. N12');

const statementSchema = z
  .strictObject({
    id: statementId.describe('`N1`, `N2`, … without gaps; what `covers` and `<Fix n="…">` name.'),
    lines: z
      .string()
      .regex(/^\d+(-\d+)?$/, 'a line or a range, e.g. "14" or "14-16"')
      .describe('Where it stands in the notes: `"14"` or `"14-16"`.'),
    text: text.describe('The words of the notes, as they were written.'),
    en: text.describe('What they say, in English.'),
    verdict: wordSchema(verdictMeanings).describe('`right`, or in which way it is not.'),
    correction: localized
      .optional()
      .describe('What is right instead, said kindly; needed unless the statement is right.'),
  })
  .meta({ id: 'statement', description: 'One statement of the notes.' });

/** `content/<course>/notes.yaml` (optional). */
export const notesSchema = z
  .strictObject({ statements: z.array(statementSchema).describe('Every statement, in the order of the notes.') })
  .describe('The class notes, statement by statement (optional).');

const chapterSchema = z
  .strictObject({
    title: localized.describe('Title of the chapter.'),
    summary: localized.optional().describe('One sentence for the home page.'),
  })
  .meta({ id: 'chapter', description: 'One chapter.' });

/** `content/<course>/course.yaml` */
export const courseSchema = z
  .strictObject({
    title: localized.describe('Title of the course.'),
    summary: localized.describe('One or two sentences for the home page and search engines.'),
    objectives: localizedList.optional().describe('What a learner can do at the end, for the home page.'),
    network: wordSchema({ class: '213.0.113.0/24', private: '192.168.113.0/24' })
      .default('class')
      .describe('Address preset; `%{vm}` and the other address words follow it.'),
    chapters: z
      .record(id, chapterSchema)
      .describe('Chapters by id (folder name without its order prefix). The folders’ numbers order them.'),
  })
  .describe('A course: what it is called, which chapters it has.');

const choiceSchema = z.strictObject({
  id: id.describe('Id of the choice.'),
  text: localized.describe('What is read.'),
});

/** A value that a step asks for; `steps/<step>/ask/<id>.sh` prints the right one in the lab. */
export const askSchema = z
  .strictObject({
    id: id.describe('Id within the step; `steps/<step>/ask/<id>.sh` prints the right value.'),
    question: localized.describe('The question beside the input field.'),
    choices: z
      .array(choiceSchema)
      .min(2)
      .optional()
      .describe('When given, the learner chooses instead of typing; the script prints the id of the right choice.'),
    hint: localized.describe('Shown when the value is not right.'),
  })
  .meta({
    id: 'ask',
    description: 'A value that a step asks for; a script of the step prints the right one in the lab.',
  });

const pattern = text.refine((source) => {
  try {
    return Boolean(new RegExp(source, 'u'));
  } catch {
    return false;
  }
}, 'a regular expression');

const answerSchema = z.strictObject({
  see: pattern.describe('A regular expression over the output since Enter, without colours.'),
  press: text.describe('Text with keys such as `<Enter>`, `<Esc>`, `<Tab>`, `<Ctrl-C>` in it.'),
});

/** What `tadak play` does beyond typing a printed command and waiting for the next prompt. */
export const typedSchema = z
  .strictObject({
    command: text.describe('The command as printed in the step.'),
    answers: z.array(answerSchema).default([]).describe('What the program shows and what is pressed then, in order.'),
    prompt: pattern
      .optional()
      .describe(
        'The command opens a shell without marks (one inside a container): the end of the last line, as a regular expression, that says that it waits for the next command. Holds until the machine’s own prompt is back.',
      ),
    fails: z
      .boolean()
      .default(false)
      .describe('The command is meant to end with an error; otherwise play takes that for a mistake of the lesson.'),
    reopens: z
      .boolean()
      .default(false)
      .describe('The command ends this terminal (a reboot): play opens it again, as the learner would.'),
  })
  .meta({
    id: 'typed-command',
    description:
      'How `tadak play` types one printed command. Only for commands that ask something, stay in the foreground, open a shell without marks of its own, or are meant to fail.',
  });

/** One step of a lesson. */
export const stepSchema = z
  .strictObject({
    id: id.describe('Stable id; also the folder below `steps/`.'),
    title: localized.describe('Heading of the step.'),
    needs: needs.describe('What the lab must offer; otherwise the step is shown as reading.'),
    timeoutSeconds: z.number().int().min(1).max(300).default(30).describe('Longest time a check may take, in seconds.'),
    once: z
      .boolean()
      .default(false)
      .describe(
        'A pass is final: the step is never looked at again, so it cannot regress. For what is true at one moment only, such as a diagnosis that the next step repairs.',
      ),
    standsAlone: z
      .boolean()
      .default(false)
      .describe(
        'Needs nothing of the steps before it. A play of this step alone then leaves them out; otherwise it brings them to their end first.',
      ),
    ask: z.array(askSchema).default([]).describe('Values to ask for.'),
    form: formSchema.optional().describe('Makes the step a form in the page, graded by rules.'),
    hints: z
      .record(id, localized)
      .default({})
      .describe('What to say for each hint id that `check.sh` or a rule of the form can name.'),
    why: localized.optional().describe('Sentence shown after a pass: why it worked.'),
    play: z.array(typedSchema).default([]).describe('What `tadak play` must know about some of the printed commands.'),
  })
  .meta({
    id: 'step',
    description:
      'One step of a lesson. It has `steps/<id>/check.sh`, or `ask`, or both; or it is a `form` and needs no lab.',
  });

const startMeanings = {
  bare: 'nothing of the course is installed',
  'repo-ready': 'Docker’s packages can be installed, and are not',
  'docker-ready': 'Docker Engine runs',
  'both-ready': 'Docker Engine runs and Podman is there',
  'two-gw': 'two network cards, each with a gateway',
  selinux: 'a machine of its own (`machines.ts`), on which SELinux is enforcing; all others begin on the usual one',
  none: 'whatever the lab is like',
} as const;
/** Where a lab stands when a lesson begins. */
export const startStates = Object.keys(startMeanings) as readonly StartState[];

/** `…/<NN-lesson>/lesson.yaml` */
export const lessonSchema = z
  .strictObject({
    title: localized.describe('Title of the lesson.'),
    summary: localized.describe('One sentence for lists and search.'),
    objectives: localizedList.describe('What the learner can do afterwards.'),
    minutes: z.number().int().min(1).max(240).describe('Estimated time, in minutes.'),
    start: wordSchema(startMeanings).describe('Start state of the lab.'),
    covers: z
      .array(statementId)
      .default([])
      .describe('Statements of the class notes that the lesson teaches, e.g. `N12`.'),
    steps: z.array(stepSchema).describe('The steps, in the order of the text.'),
  })
  .describe('A lesson: everything that has no language, and the short texts in pairs.');

const quizChoiceSchema = z
  .strictObject({
    id: id.describe('Id of the choice.'),
    text: localized.describe('What is read.'),
    correct: z.boolean().default(false).describe('Whether this choice belongs to the right answer.'),
    why: localized.describe('Why it is right or wrong.'),
  })
  .meta({ id: 'quiz-choice', description: 'One choice of a question.' });
const itemSchema = z.strictObject({
  id: id.describe('Id of the item; it reaches the page, so it must not tell the order.'),
  text: localized.describe('What is read.'),
  why: localized.describe('Why it stands there.'),
});
const mistakeSchema = z.strictObject({
  match: text.describe('A regular expression over the folded text.'),
  why: localized.describe('What to say then.'),
});

const questionBase = {
  id: id.describe('Stable id, unique in the lesson.'),
  text: localized.describe('The question.'),
};
const singleSchema = z
  .strictObject({
    ...questionBase,
    kind: z.literal('single').describe('One choice is right.'),
    choices: z.array(quizChoiceSchema).min(2).describe('Exactly one of them is `correct`.'),
  })
  .meta({ id: 'single', description: 'Choose one.' });
const multipleSchema = z
  .strictObject({
    ...questionBase,
    kind: z.literal('multiple').describe('Some choices are right.'),
    choices: z.array(quizChoiceSchema).min(2).describe('All that are `correct`, and no other, make the right answer.'),
  })
  .meta({ id: 'multiple', description: 'Choose all that are right.' });
const orderSchema = z
  .strictObject({
    ...questionBase,
    kind: z.literal('order').describe('Items are put in order.'),
    items: z.array(itemSchema).min(3).describe('In the right order; shown shuffled.'),
  })
  .meta({ id: 'order', description: 'Put in order.' });
const fillInSchema = z
  .strictObject({
    ...questionBase,
    kind: z.literal('fill-in').describe('The answer is typed.'),
    accept: z
      .array(text)
      .default([])
      .describe('Accepted answers; white space is folded before comparing. The first one is the model answer.'),
    acceptPatterns: z
      .array(text)
      .default([])
      .describe('Accepted answers as regular expressions over the folded text, anchored at both ends.'),
    mistakes: z.array(mistakeSchema).default([]).describe('Known mistakes and what to say. The first match wins.'),
    why: localized.describe('Why the right answer is right.'),
  })
  .meta({ id: 'fill-in', description: 'Type the answer.' });
const askLabSchema = z
  .strictObject({
    ...questionBase,
    kind: z.literal('ask-lab').describe('The answer is found in the lab and typed.'),
    needs: needs.describe('What the lab must offer for `quiz/<id>.sh` to compute the right answer.'),
    hint: localized.describe('How the learner finds it, shown after a wrong answer.'),
    why: localized.describe('Why the right answer is right.'),
  })
  .meta({ id: 'ask-lab', description: 'Find the answer in the lab; `quiz/<id>.sh` prints the right one.' });

/** One quiz question of any kind. */
export const questionSchema = z.discriminatedUnion('kind', [
  singleSchema,
  multipleSchema,
  orderSchema,
  fillInSchema,
  askLabSchema,
]);

/** `…/<NN-lesson>/quiz.yaml` */
export const quizSchema = z
  .strictObject({ questions: z.array(questionSchema).min(1).describe('In the order in which they are shown.') })
  .describe('The questions of a lesson with their keys, which are never sent to a browser (optional).');

/** Parsed course.yaml. */
export type CourseFile = z.infer<typeof courseSchema>;
/** Parsed notes.yaml. */
export type NotesFile = z.infer<typeof notesSchema>;
/** One verdict. */
export type Verdict = keyof typeof verdictMeanings;
/** One start state. */
export type StartState = keyof typeof startMeanings;
/** Parsed lesson.yaml. */
export type LessonFile = z.infer<typeof lessonSchema>;
/** One question with its key: never send it to a browser; see `publicQuestion`. */
export type Question = z.infer<typeof questionSchema>;
/** One step as written in lesson.yaml. */
export type StepFile = z.infer<typeof stepSchema>;
/** One value that a step asks for. */
export type Ask = z.infer<typeof askSchema>;
/** How one printed command is typed. */
export type TypedCommand = z.infer<typeof typedSchema>;
