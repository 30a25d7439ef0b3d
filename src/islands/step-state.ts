/**
 * How a step stands, in one word, a mark and a sentence. Pure; knows nothing about elements.
 */
import type { Capability } from '../course/capabilities.ts';
import type { Dictionary } from '../i18n/dictionary.ts';
import type { LabView, StepProgress } from '../protocol/api.ts';

/** `read`: the running lab cannot do this step. */
export type StepState = 'todo' | 'done' | 'regressed' | 'read';

/** The mark of each state. */
export const stepMarks: Readonly<Record<StepState, string>> = { todo: '○', done: '✓', regressed: '!', read: '–' };

/** The sentence of each state. */
export function stepStateLabel(state: StepState, t: Dictionary): string {
  return t[`step.${state}`];
}

/** What the running lab lacks; nothing while no lab is ready. */
export function missingNeeds(needs: string, lab: LabView | undefined): readonly string[] {
  if (lab?.state !== 'ready') return [];
  return needs.split(/\s+/).filter((need) => need !== '' && !lab.capabilities.includes(need as Capability));
}

/** How the step stands. */
export function stepStateOf(progress: StepProgress | undefined, missing: readonly string[]): StepState {
  if (progress?.passed) return progress.regressed ? 'regressed' : 'done';
  return missing.length > 0 ? 'read' : 'todo';
}
