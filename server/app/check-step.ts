/**
 * Use case: the learner presses "Check".
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { CheckView } from '../../src/protocol/api.ts';
import { checkFormStep } from './check-form-step.ts';
import type { App } from './context.ts';
import { requireStep, type StepName } from './find-in-course.ts';
import { evaluateStep, recordResult } from './perform-check.ts';

/** What comes with the button. */
export interface CheckStepInput {
  readonly answers?: Readonly<Record<string, string>> | undefined;
  readonly signal: AbortSignal;
}

/** Checks the step and records the result. Throws a Fault when there is no lab that is ready, unless the step is a form. */
export function checkStep(app: App, learner: LearnerId, input: StepName & CheckStepInput): Promise<CheckView> {
  const subject = { learner, ...requireStep(app.course, input) };
  const { answers, signal } = input;
  if (subject.step.form) return Promise.resolve(checkFormStep(app, subject, answers));
  app.desk.require(learner);
  app.autoCheck.handleButton(learner);
  app.life.touch(learner);
  return app.turns.take(learner, signal, async () => {
    app.publish(learner, { type: 'checking', lesson: subject.lesson.id, step: subject.step.id });
    const result = await evaluateStep(app, subject, { answers, signal });
    return recordResult(app, subject, { result, trigger: 'button' });
  });
}
