/**
 * Grades one answer to one quiz question. The key never leaves this side: a page gets explanations for the
 * choices that were taken, and for all of them once the answer is right.
 * Knows nothing about attempts and progress.
 */
import type { Course, Lesson } from '../../src/course/model.ts';
import type { Question } from '../../src/course/schema.ts';
import { Fault } from '../../src/faults.ts';
import type { QuizView } from '../../src/protocol/api.ts';
import type { Lab } from '../lab/lab.ts';
import { foldAnswer, isSameAnswer, matchesWhole } from './answer.ts';
import { errorResult, runScript } from './run-script.ts';

/** An answer's outcome before the store adds the attempts. */
export type Graded = Omit<QuizView, 'attempts' | 'firstCorrect'>;

/** What is needed to grade an answer. */
export interface QuizInput {
  /** Needed for `ask-lab` questions only. */
  readonly lab?: Lab | undefined;
  readonly course: Course;
  readonly lesson: Lesson;
  readonly question: Question;
  /** A choice id, choice ids, item ids in order, or a text; parsed at the door, checked against the question here. */
  readonly answer: string | readonly string[];
  readonly signal: AbortSignal;
}

type ChoiceQuestion = Extract<Question, { kind: 'single' | 'multiple' }>;

/** Longest time the script of an `ask-lab` question may take. */
const askLabTimeoutMs = 30_000;

/** Grades `answer`. Throws Fault `bad-message` when the answer does not fit the question. */
export async function gradeQuiz(input: QuizInput): Promise<Graded> {
  const { question, answer } = input;
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return gradeChoices(question, answer);
    case 'order':
      return gradeOrder(question, answer);
    case 'fill-in':
      return gradeFillIn(question, readText(answer));
    case 'ask-lab':
      return gradeAskLab(question, readText(answer), input);
  }
}

function readText(answer: QuizInput['answer']): string {
  if (typeof answer === 'string') return answer;
  throw new Fault('bad-message', { detail: 'answer must be a text' });
}

function readIds(answer: QuizInput['answer'], known: readonly string[]): readonly string[] {
  const ids = typeof answer === 'string' ? [answer] : [...new Set(answer)];
  if (ids.length > 0 && ids.every((id) => known.includes(id))) return ids;
  throw new Fault('bad-message', { detail: 'answer names no choice of this question' });
}

function gradeChoices(question: ChoiceQuestion, answer: QuizInput['answer']): Graded {
  const ids = readIds(
    answer,
    question.choices.map((choice) => choice.id),
  );
  if (question.kind === 'single' && ids.length !== 1) throw new Fault('bad-message', { detail: 'choose one' });
  const isCorrect = question.choices.every((choice) => choice.correct === ids.includes(choice.id));
  const shown = question.choices.filter((choice) => isCorrect || ids.includes(choice.id));
  const explanations = Object.fromEntries(shown.map(({ id, correct, why }) => [id, { correct, why }]));
  const isIncomplete = !isCorrect && ids.every((id) => question.choices.find((choice) => choice.id === id)?.correct);
  return {
    question: question.id,
    answer: question.kind === 'single' ? (ids[0] as string) : ids,
    outcome: isCorrect ? 'correct' : 'incorrect',
    explanations,
    ...(isIncomplete
      ? {
          message: {
            ko: '고른 것은 모두 맞아요. 그런데 더 있어요.',
            en: 'What you chose is right, but there is more.',
          },
        }
      : {}),
  };
}

function gradeOrder(question: Extract<Question, { kind: 'order' }>, answer: QuizInput['answer']): Graded {
  const right = question.items.map((item) => item.id);
  const ids = readIds(answer, right);
  if (ids.length !== right.length) throw new Fault('bad-message', { detail: 'order every item' });
  const isCorrect = ids.every((id, index) => id === right[index]);
  const firstWrong = ids.findIndex((id, index) => id !== right[index]);
  const shown = isCorrect ? question.items : question.items.slice(0, firstWrong);
  return {
    question: question.id,
    answer: ids,
    outcome: isCorrect ? 'correct' : 'incorrect',
    explanations: Object.fromEntries(shown.map(({ id, why }) => [id, { correct: true, why }])),
    ...(isCorrect
      ? {}
      : {
          message: {
            ko: `앞의 ${firstWrong}개는 제자리예요. ${firstWrong + 1}번째부터 다시 생각해 봐요.`,
            en: `The first ${firstWrong} are in place. Think again from number ${firstWrong + 1}.`,
          },
        }),
  };
}

function gradeFillIn(question: Extract<Question, { kind: 'fill-in' }>, text: string): Graded {
  const isCorrect =
    question.accept.some((accepted) => isSameAnswer(text, accepted)) ||
    question.acceptPatterns.some((pattern) => matchesWhole(text, pattern));
  const mistake = question.mistakes.find(({ match }) => new RegExp(match, 'u').test(foldAnswer(text)));
  const retry = { ko: '아직 아니에요. 다시 적어 봐요.', en: 'Not yet. Try again.' };
  return {
    question: question.id,
    answer: text,
    outcome: isCorrect ? 'correct' : 'incorrect',
    explanations: {},
    message: isCorrect ? question.why : (mistake?.why ?? retry),
  };
}

async function gradeAskLab(
  question: Extract<Question, { kind: 'ask-lab' }>,
  text: string,
  input: QuizInput,
): Promise<Graded> {
  const base = { question: question.id, answer: text, explanations: {} };
  const failed = (error: { readonly message: Graded['message'] }): Graded =>
    ({ ...base, outcome: 'error', ...(error.message ? { message: error.message } : {}) }) satisfies Graded;
  const { lab, course, lesson, signal } = input;
  if (!lab) return failed(errorResult('lab-none'));
  const script = lesson.questionScripts[question.id as keyof typeof lesson.questionScripts];
  if (!script) return failed(errorResult('check-broken', { detail: question.id }));
  const outcome = await runScript(script, { lab, library: course.checkLibrary, timeoutMs: askLabTimeoutMs, signal });
  if (outcome.kind === 'error') return failed(outcome.error);
  // Exit 1 means that the lab is not in the state that the question is about: the hint says how to get there.
  const isCorrect = outcome.exitCode === 0 && isSameAnswer(text, outcome.stdout);
  return { ...base, outcome: isCorrect ? 'correct' : 'incorrect', message: isCorrect ? question.why : question.hint };
}
