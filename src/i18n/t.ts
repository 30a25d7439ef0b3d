/**
 * The interface's sentences in a language: `t(locale)['step.check']`.
 * Knows nothing about where the language was chosen.
 */
import type { Locale } from '../course/locales.ts';
import type { Dictionary } from './dictionary.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';

const dictionaries: Readonly<Record<Locale, Dictionary>> = { ko, en };

/** All sentences of `locale`. */
export function t(locale: Locale): Dictionary {
  return dictionaries[locale];
}
