/**
 * Grades a form: reads every field, then asks the rules in order. Pure and without a lab.
 * Knows nothing about learners, attempts and pages.
 */
import type { Localized } from '../locales.ts';
import type { FormProblem } from '../result.ts';
import type { Form, FormRule } from './form-schema.ts';
import { type FormValue, plainTyping, readValue } from './read-value.ts';
import { askRule, fieldsOf } from './rules.ts';

/** Typed texts by field; a field that is not there is empty. */
export type FormAnswers = Readonly<Record<string, string>>;
/** Texts of a step's hints by id. */
export type HintTexts = Readonly<Record<string, Localized>>;

/** Everything that is not right yet, in the order of the fields; empty when all is well. */
export function gradeForm(form: Form, hints: HintTexts, answers: FormAnswers): readonly FormProblem[] {
  const values = new Map<string, FormValue>();
  const problems = new Map<string, FormProblem>();
  for (const field of form.fields) {
    const value = readValue(field, answers[field.id] ?? '');
    if (value.kind !== 'unreadable') values.set(field.id, value);
    else problems.set(field.id, { fields: [field.id], hint: value.hint, message: value.message });
  }
  for (const rule of form.rules) {
    if (problems.has(rule.field) || !fieldsOf(rule).every((field) => values.has(field))) continue;
    const broken = askRule(rule, values);
    if (!broken) continue;
    problems.set(rule.field, {
      fields: [rule.field, ...(broken.others ?? [])],
      ...hintOf(rule, hints),
      ...(broken.expected === undefined ? {} : { expected: broken.expected }),
      actual: plainTyping(answers[rule.field] ?? ''),
    });
  }
  return form.fields.flatMap(({ id }) => problems.get(id) ?? []);
}

function hintOf({ hint }: FormRule, hints: HintTexts): Pick<FormProblem, 'hint' | 'message'> {
  // A hint without a text does not get past the lint.
  return { hint, message: hints[hint] ?? { ko: hint, en: hint } };
}

/** The model solution by field. */
export function solutionOf(form: Form): FormAnswers {
  return Object.fromEntries(form.fields.map(({ id, solution }) => [id, solution]));
}

/** The model solution as a learner reads it: one line a field. */
export function describeSolution(form: Form): Localized {
  const lines = (locale: keyof Localized) =>
    form.fields
      .map((field) => {
        const choice = field.kind === 'choice' ? field.choices.find(({ id }) => id === field.solution) : undefined;
        return `${field.label[locale]}: ${choice?.text[locale] ?? field.solution}`;
      })
      .join('\n');
  return { ko: lines('ko'), en: lines('en') };
}
