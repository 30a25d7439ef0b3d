/**
 * Rules between the parts of a form step, and the proof of it: the solution passes, and each wrong turn gets its hint.
 * Knows nothing about learners.
 */
import type { Issue } from '../issue.ts';
import { type Place, problem } from '../problems.ts';
import type { StepFile } from '../schema.ts';
import type { Form, FormRule } from './form-schema.ts';
import { gradeForm, solutionOf } from './grade-form.ts';
import { fieldsOf, formatsOf } from './rules.ts';

/** Checks the form of `step`, which must have one. */
export function checkForm(step: StepFile, form: Form, place: Place): readonly Issue[] {
  const issues = [
    ...checkIds(form, place),
    ...checkReferences(step, form, place),
    ...checkHints(step, form, place),
    ...(step.ask.length > 0 || step.needs.length > 0 ? [problem('form-with-lab', place, { id: step.id })] : []),
  ];
  // With a part missing there is nothing to prove yet.
  return issues.length > 0 ? issues : [...proveSolution(step, form, place), ...proveWrongTurns(step, form, place)];
}

function checkIds(form: Form, place: Place): readonly Issue[] {
  const ids = form.fields.map(({ id }) => id);
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  return repeated.map((id) => problem('duplicate-id', place, { kind: 'field', id }));
}

function checkReferences(step: StepFile, form: Form, place: Place): readonly Issue[] {
  const known = form.fields.map(({ id }) => id);
  const { kind: _, ...drawn } = form.drawing ?? { kind: undefined };
  const named = [
    ...form.rules.flatMap((rule) => [...fieldsOf(rule), ...Object.keys(rule.wrong)]),
    ...Object.values(drawn),
  ];
  const unknown = [...new Set(named)].filter((id) => !known.includes(id));
  return [
    ...unknown.map((id) => problem('unknown-field', place, { id, step: step.id, known: known.join(', ') })),
    ...form.rules.flatMap((rule) => checkFormats(rule, form, place)),
  ];
}

function checkFormats(rule: FormRule, form: Form, place: Place): readonly Issue[] {
  return Object.entries(formatsOf(rule)).flatMap(([id, wanted]) => {
    const field = form.fields.find((candidate) => candidate.id === id);
    if (!field || (field.kind === 'text' && field.format === wanted)) return [];
    return [problem('field-format', place, { id, rule: rule.rule, wanted })];
  });
}

function checkHints(step: StepFile, form: Form, place: Place): readonly Issue[] {
  const named = new Set(form.rules.map(({ hint }) => hint));
  return [
    ...[...named]
      .filter((id) => !(id in step.hints))
      .map((id) => problem('unknown-hint', place, { id, step: step.id })),
    ...Object.keys(step.hints)
      .filter((id) => !named.has(id))
      .map((id) => problem('unruled-hint', place, { id })),
  ];
}

function proveSolution(step: StepFile, form: Form, place: Place): readonly Issue[] {
  return gradeForm(form, step.hints, solutionOf(form)).map(({ hint, fields }) =>
    problem('form-solution', place, { id: step.id, field: fields[0] as string, hint }),
  );
}

function proveWrongTurns(step: StepFile, form: Form, place: Place): readonly Issue[] {
  return form.rules.flatMap((rule) => {
    const found = gradeForm(form, step.hints, { ...solutionOf(form), ...rule.wrong });
    if (found.some(({ hint, fields }) => hint === rule.hint && fields[0] === rule.field)) return [];
    const seen = found.map(({ hint, fields }) => `${fields[0]}: ${hint}`).join(', ') || '–';
    return [problem('form-wrong-turn', place, { hint: rule.hint, field: rule.field, seen })];
  });
}
