/**
 * What a check said, and to whom it speaks.
 * `fail` is the learner's (not yet), `error` is ours and never counts against anybody.
 */
import type { FaultCode } from '../faults.ts';
import type { Capability } from './capabilities.ts';
import type { StepId } from './ids.ts';
import type { Localized } from './locales.ts';

/** The outcome of checking one step once. */
export type CheckResult =
  | { readonly status: 'pass' }
  | {
      readonly status: 'fail';
      /** Id of the hint, as named by the check; absent when the check named none. */
      readonly hint?: string;
      /** The hint's text, or a general "not yet" where there is none. */
      readonly message: Localized;
      /** What the check wanted to see, if it said so (at most 500 characters, as printed by the lab). */
      readonly expected?: string;
      /** What it saw instead. */
      readonly actual?: string;
      /** For a step that asks for values: the ids of the values that are not right. */
      readonly wrongAnswers?: readonly string[];
      /** For a form: what is not right, field by field. */
      readonly problems?: readonly FormProblem[];
    }
  | { readonly status: 'error'; readonly code: FaultCode; readonly message: Localized }
  | { readonly status: 'skipped'; readonly because: SkipReason; readonly message: Localized };

/** Something in a form that is not right yet. */
export interface FormProblem {
  /** The field that the message stands beside, then others that are part of it. */
  readonly fields: readonly string[];
  readonly hint: string;
  readonly message: Localized;
  readonly expected?: string;
  readonly actual?: string;
}

/** Why a check did not run. */
export type SkipReason =
  | { readonly kind: 'needs'; readonly missing: readonly Capability[] }
  | { readonly kind: 'earlier-step'; readonly step: StepId };
