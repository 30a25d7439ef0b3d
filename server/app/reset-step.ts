/**
 * Use case: the learner wants to do a step again: its `reset.sh` takes the effects back, then it is checked.
 * A form is cleared.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { Script, Step } from '../../src/course/model.ts';
import type { CheckResult } from '../../src/course/result.ts';
import { describeFault, Fault, type FaultCode, type FaultDetails } from '../../src/faults.ts';
import type { CheckView } from '../../src/protocol/api.ts';
import type { Lab } from '../lab/lab.ts';
import { clearFormStep } from './check-form-step.ts';
import type { App } from './context.ts';
import { requireStep, type StepName } from './find-in-course.ts';
import { describeResult } from './lesson-setups.ts';
import { evaluateStep, isWorthRecord, recordResult, tellResult } from './perform-check.ts';

/** Resets and checks. Throws Fault `not-found` for a step that cannot be reset. */
export function resetStep(
  app: App,
  learner: LearnerId,
  { signal, ...name }: StepName & { readonly signal: AbortSignal },
): Promise<CheckView> {
  const subject = { learner, ...requireStep(app.course, name) };
  if (subject.step.form) return Promise.resolve(clearFormStep(app, subject));
  const script = requireReset(subject.step);
  const lab = app.desk.require(learner);
  app.autoCheck.handleButton(learner);
  app.life.touch(learner);
  return app.turns.take(learner, signal, async () => {
    await app.setups.ensure(lab, subject.lesson, signal);
    const broken = await runReset(lab, script, { step: subject.step, signal });
    const result = broken ?? (await evaluateStep(app, subject, { signal }));
    const how = { result, trigger: 'button' } as const;
    return isWorthRecord(app, subject, result) ? recordResult(app, subject, how) : tellResult(app, subject, how);
  });
}

function requireReset(step: Step): Script {
  if (!step.reset) throw new Fault('not-found', { what: `reset of ${step.id}` });
  return step.reset;
}

async function runReset(
  lab: Lab,
  script: Script,
  { step, signal }: { readonly step: Step; readonly signal: AbortSignal },
): Promise<CheckResult | undefined> {
  const result = await lab.exec(script.text, { signal, timeoutMs: step.timeoutMs });
  if (result.kind === 'unreachable') return errorOf(result.fault.code, result.fault.details);
  if (result.kind === 'timed-out') return errorOf('check-timeout', { seconds: Math.round(step.timeoutMs / 1000) });
  return result.exitCode === 0 ? undefined : errorOf('check-broken', { detail: describeResult(script.path, result) });
}

const errorOf = (code: FaultCode, details: FaultDetails): CheckResult => ({
  status: 'error',
  code,
  message: describeFault(code, details),
});
