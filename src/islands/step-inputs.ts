/**
 * What a step does with what is typed into it. Steps that ask for values are done here; forms bring their own part,
 * which only pages with a form load. Knows nothing about checks.
 */
import type { CheckResult } from '../course/result.ts';
import type { Dictionary } from '../i18n/dictionary.ts';
import { markAsks } from './step-asks.ts';

/** One way of dealing with typed values. */
export interface StepInputs {
  /** Where they are kept over a reload. */
  readonly storage: Storage;
  /** For taking the step back: the question, its button, and what is said afterwards. */
  readonly resetWords: readonly [question: string, button: string, done: string];
  /** Marks what a result says about the values; `region` shows the result. */
  mark(form: HTMLFormElement, result: CheckResult, region: HTMLElement): void;
  /** Follows what is typed, until the signal aborts. */
  follow?(form: HTMLFormElement, signal: AbortSignal): void;
  /** Empties the fields after a reset. */
  clear?(form: HTMLFormElement): void;
  /** Whether an older result says nothing about these values any more. */
  isStale?(form: HTMLFormElement): boolean;
}

/** The values that a step in the lab asks for. */
export const askInputs = (t: Dictionary): StepInputs => ({
  storage: sessionStorage,
  resetWords: [t['step.resetConfirm'], t['step.reset'], t['step.undone']],
  mark: (form, result) => markAsks(form, (result.status === 'fail' && result.wrongAnswers) || []),
});
