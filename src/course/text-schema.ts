/**
 * The smallest pieces of every file format: an id, a text, a text in every language, a word of a list.
 * Knows nothing about the files that are made of them.
 */
import { z } from 'zod';
import { idPattern } from './ids.ts';

/** An id: lower-case words joined by hyphens. */
export const idSchema = z.string().max(64).regex(idPattern, 'lower-case words joined by hyphens');
/** A text that says something. */
export const textSchema = z.string().trim().min(1);
/** A text in every language. */
export const localizedSchema = z
  .strictObject({ ko: textSchema.describe('In Korean.'), en: textSchema.describe('In English.') })
  .meta({ id: 'localized', description: 'A text in both languages; `code` and **strong** may be used.' });
/** As many texts as the author likes, in every language. */
export const localizedListSchema = z
  .strictObject({
    ko: z.array(textSchema).min(1).describe('In Korean.'),
    en: z.array(textSchema).min(1).describe('In English.'),
  })
  .meta({ id: 'localized-list', description: 'A list of texts in both languages.' });

/** One of some words, each with its meaning: editors show it beside the word. */
export function wordSchema<const Word extends string>(meanings: Readonly<Record<Word, string>>) {
  return z.enum(Object.keys(meanings) as Word[]).meta({ enumDescriptions: Object.values(meanings) });
}
