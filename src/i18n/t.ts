/**
 * The interface's sentences in a language: `t(locale)['step.check']`.
 * Knows nothing about where the language was chosen.
 */
import { defaultLocale, isLocale, type Locale } from '../course/locales.ts';
import type { Dictionary } from './dictionary.ts';
import { en } from './en.ts';
import { ko } from './ko.ts';

const dictionaries: Readonly<Record<Locale, Dictionary>> = { ko, en };

/** All sentences of `locale`. */
export function t(locale: Locale): Dictionary {
  return dictionaries[locale];
}

/** The language of an `html lang` value; the default one for anything unknown. */
export function localeOfLang(lang: string | undefined): Locale {
  const language = lang?.split('-')[0];
  return isLocale(language) ? language : defaultLocale;
}
