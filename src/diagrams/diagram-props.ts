/**
 * What every drawing of a lesson is given. Knows nothing about what is drawn.
 */
import type { Addresses } from '../course/addresses.ts';
import type { Locale } from '../course/locales.ts';

/** The reader's language and the course's addresses. */
export interface DiagramProps {
  readonly locale: Locale;
  readonly addresses: Addresses;
}
