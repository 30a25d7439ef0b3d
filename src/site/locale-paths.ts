/**
 * The addresses of a page that exists in every language: the first language has no prefix.
 * Knows nothing about the page.
 */
import { defaultLocale, type Locale, locales } from '../course/locales.ts';

/** One language of a page below `src/pages/[...locale]`. */
export interface LocalePath {
  readonly params: { readonly locale: string | undefined };
  readonly props: { readonly pageLocale: Locale };
}

/** Every language of a page. */
export function localePaths(): readonly LocalePath[] {
  return locales.map((locale) => ({
    params: { locale: locale === defaultLocale ? undefined : locale },
    props: { pageLocale: locale },
  }));
}
