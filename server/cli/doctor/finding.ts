/**
 * One thing that the doctor looked at.
 */
import type { Localized } from '../../../src/course/locales.ts';

/** What was found. A `problem` keeps the server or its labs from working; a `warning` makes them worse. */
export interface Finding {
  /** Stable name, for programs. */
  readonly id: string;
  readonly status: 'ok' | 'warning' | 'problem';
  readonly text: Localized;
}
