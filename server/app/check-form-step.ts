/**
 * Use case: the learner presses "Check" or "Clear" at a form step. It needs no lab and waits for no turn: nothing in
 * a lab is looked at.
 */
import type { CheckView } from '../../src/protocol/api.ts';
import { checkForm } from '../check/check-form.ts';
import type { App } from './context.ts';
import { type CheckSubject, isWorthRecord, recordResult, tellResult } from './perform-check.ts';

/** Grades and records what was typed. */
export function checkFormStep(
  app: App,
  subject: CheckSubject,
  answers: Readonly<Record<string, string>> = {},
): CheckView {
  return recordResult(app, subject, { result: checkForm(subject.step, answers), trigger: 'button' });
}

/** The form is empty again; after a pass that counts as the state being gone, as with any reset. */
export function clearFormStep(app: App, subject: CheckSubject): CheckView {
  const result = checkForm(subject.step, {});
  const how = { result, trigger: 'button' } as const;
  return isWorthRecord(app, subject, result) ? recordResult(app, subject, how) : tellResult(app, subject, how);
}
