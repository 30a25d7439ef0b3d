/**
 * A problem in a course's files, told to the author: where, what, and how to mend it.
 * Knows nothing about how it was found.
 */
import type { Localized } from './locales.ts';

/** One problem. An `error` fails the build; a `warning` does not. */
export interface Issue {
  readonly severity: 'error' | 'warning';
  /** Stable name of the rule, e.g. `missing-translation`. */
  readonly rule: string;
  /** File relative to the content folder. */
  readonly file: string;
  /** 1-based; absent when the whole file is meant. */
  readonly line?: number;
  readonly column?: number;
  /** What is wrong, one sentence. */
  readonly message: Localized;
  /** How to mend it, one sentence. */
  readonly fix: Localized;
}
