/**
 * The languages of a course and texts that exist in all of them.
 * Knows nothing about where a text is shown.
 */

/** Every language a course is written in; the first is the primary one. */
export const locales = ['ko', 'en'] as const;

/** A language code (BCP 47, language only). */
export type Locale = (typeof locales)[number];

/** The language that has no prefix in URLs. */
export const defaultLocale: Locale = 'ko';

/** A text that exists in every language. */
export type Localized = Readonly<Record<Locale, string>>;

/** Whether `value` is one of our languages. */
export function isLocale(value: unknown): value is Locale {
  return typeof value === 'string' && (locales as readonly string[]).includes(value);
}
