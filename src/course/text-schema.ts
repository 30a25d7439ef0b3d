/**
 * The smallest pieces of every file format: an id, a text, a text in every language.
 * Knows nothing about the files that are made of them.
 */
import { z } from 'zod';
import { idPattern } from './ids.ts';

/** An id: lower-case words joined by hyphens. */
export const idSchema = z.string().max(64).regex(idPattern, 'lower-case words joined by hyphens');
/** A text that says something. */
export const textSchema = z.string().trim().min(1);
/** A text in every language. */
export const localizedSchema = z.strictObject({ ko: textSchema, en: textSchema });
