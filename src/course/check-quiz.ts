/**
 * Rules of a quiz beyond its schema: ids once, a right answer each, patterns that compile.
 * Knows nothing about grading and pages.
 */
import type { Issue } from './issue.ts';
import { type Place, problem } from './problems.ts';
import type { Question } from './schema.ts';

/** Checks the questions of one quiz; `placeOf` finds the line of the n-th question. */
export function checkQuiz(questions: readonly Question[], placeOf: (index: number) => Place): readonly Issue[] {
  const ids = questions.map((question) => question.id);
  return questions.flatMap((question, index) => {
    const place = placeOf(index);
    const twice =
      ids.indexOf(question.id) === index ? [] : [problem('duplicate-id', place, { kind: 'question', id: question.id })];
    return [...twice, ...checkQuestion(question, place)];
  });
}

function checkQuestion(question: Question, place: Place): readonly Issue[] {
  switch (question.kind) {
    case 'single':
    case 'multiple':
      return [...duplicates(question.choices, place, 'choice'), ...checkChoices(question, place)];
    case 'order':
      return duplicates(question.items, place, 'item');
    case 'fill-in':
      return checkFillIn(question, place);
    case 'ask-lab':
      return [];
  }
}

function duplicates(items: readonly { readonly id: string }[], place: Place, kind: string): readonly Issue[] {
  const ids = items.map((item) => item.id);
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  return repeated.map((id) => problem('duplicate-id', place, { kind, id }));
}

function checkChoices(question: Extract<Question, { kind: 'single' | 'multiple' }>, place: Place): readonly Issue[] {
  const count = question.choices.filter((choice) => choice.correct).length;
  if (count === 0) return [problem('quiz-no-answer', place, { id: question.id })];
  if (question.kind === 'single' && count > 1) return [problem('quiz-many-answers', place, { id: question.id, count })];
  return [];
}

function checkFillIn(question: Extract<Question, { kind: 'fill-in' }>, place: Place): readonly Issue[] {
  const patterns = [...question.acceptPatterns, ...question.mistakes.map((mistake) => mistake.match)];
  const broken = patterns.filter((pattern) => !compiles(pattern));
  const issues = broken.map((pattern) => problem('quiz-bad-pattern', place, { id: question.id, pattern }));
  const isEmpty = question.accept.length === 0 && question.acceptPatterns.length === 0;
  return isEmpty ? [...issues, problem('quiz-no-accept', place, { id: question.id })] : issues;
}

function compiles(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}
