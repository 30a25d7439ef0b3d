/**
 * The shape of a rule of a course's files. Knows no rule.
 */
import type { Issue } from './issue.ts';

/** How serious it is, what is said and how to mend it, in both languages; `{name}` is filled from the values given. */
export interface Rule {
  readonly severity: Issue['severity'];
  readonly ko: string;
  readonly en: string;
  readonly fixKo: string;
  readonly fixEn: string;
}

/** Makes a rule. */
export function rule(severity: Issue['severity'], ko: string, en: string, fixKo: string, fixEn: string): Rule {
  return { severity, ko, en, fixKo, fixEn };
}
