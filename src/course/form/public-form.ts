/**
 * A form without its solution and rules: the only form of it that may reach a page.
 * Knows nothing about grading.
 */
import type { Localized } from '../locales.ts';
import type { PublicItem } from '../public-question.ts';
import type { Form, FormDrawing, FormField } from './form-schema.ts';

/** A field as a page may see it. */
export interface PublicField {
  readonly id: string;
  readonly label: Localized;
  readonly about?: Localized;
  readonly placeholder?: string;
  /** Present when the learner chooses. */
  readonly choices?: readonly PublicItem[];
  /** Whether digits are what is typed, for the keyboard of a phone. */
  readonly isNumeric: boolean;
}
/** A form as a page may see it. */
export interface PublicForm {
  readonly fields: readonly PublicField[];
  readonly drawing?: FormDrawing;
}

/** Strips everything that would give the answer away. */
export function publicForm({ fields, drawing }: Form): PublicForm {
  return { fields: fields.map(publicField), ...(drawing ? { drawing } : {}) };
}

function publicField(field: FormField): PublicField {
  const { id, label, about } = field;
  const base = { id, label, ...(about ? { about } : {}) };
  if (field.kind === 'choice') {
    return { ...base, isNumeric: false, choices: field.choices.map(({ id: choice, text }) => ({ id: choice, text })) };
  }
  const { placeholder } = field;
  return { ...base, isNumeric: field.format !== 'words', ...(placeholder ? { placeholder } : {}) };
}
