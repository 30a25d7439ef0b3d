/**
 * The heart of every check: plan, run, record, tell. Both the button and the automatic check go through it,
 * inside the learner's turn. Knows nothing about when it is asked.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { Lesson, Step } from '../../src/course/model.ts';
import type { CheckResult } from '../../src/course/result.ts';
import type { CheckView, StepProgress } from '../../src/protocol/api.ts';
import { runCheck } from '../check/run-check.ts';
import type { ScriptRun } from '../check/run-script.ts';
import type { Lab } from '../lab/lab.ts';
import { untouchedStep } from '../progress/compute-progress.ts';
import type { App } from './context.ts';
import { keepCheckpoint } from './keep-checkpoint.ts';
import { planCheck } from './plan-check.ts';

/** One step of one learner, to be checked. */
export interface CheckSubject {
  readonly learner: LearnerId;
  readonly lesson: Lesson;
  readonly step: Step;
}
/** How it is checked. */
export interface CheckHow {
  readonly trigger: CheckView['trigger'];
  readonly answers?: Readonly<Record<string, string>> | undefined;
  readonly signal: AbortSignal;
}

/** The step's result now, in the learner's lab, neither recorded nor told. */
export async function evaluateStep(
  app: App,
  subject: CheckSubject,
  { answers, signal }: Omit<CheckHow, 'trigger'>,
): Promise<CheckResult> {
  if (isFinal(app, subject)) return { status: 'pass' };
  const { learner, lesson, step } = subject;
  const lab = app.desk.require(learner);
  await app.setups.ensure(lab, lesson, signal);
  const progress = app.store.lessonProgress(learner, app.course.id, lesson.id);
  const skipped = planCheck(step, { lesson, progress, offered: lab.capabilities });
  if (skipped) return skipped;
  const onRun = (run: ScriptRun) => logRun(app, { run, lab });
  return runCheck({ lab, course: app.course, lesson, step, answers, signal, onRun });
}

/** Whether the step counts once and has passed: what the lab looks like now says nothing about it any more. */
function isFinal(app: App, { learner, lesson, step }: CheckSubject): boolean {
  if (!step.once) return false;
  return app.store.lessonProgress(learner, app.course.id, lesson.id).steps[step.id]?.passed === true;
}

/** Records a result and tells every page of the learner. A final pass is only told again. */
export function recordResult(
  app: App,
  subject: CheckSubject,
  { result, trigger }: { readonly result: CheckResult; readonly trigger: CheckView['trigger'] },
): CheckView {
  if (isFinal(app, subject)) return tellResult(app, subject, { result, trigger });
  const { learner, lesson, step } = subject;
  const where = { learner, course: app.course.id, lesson: lesson.id };
  const progress = app.store.recordStep({ ...where, step: step.id, result, trigger, at: app.now() });
  const view = viewCheck({ lesson, step }, { result, trigger, progress });
  if (result.status === 'pass' && !step.form) void keepCheckpoint(app, learner, { lesson: lesson.id, step: step.id });
  app.publish(learner, { type: 'checked', check: view });
  const lessonProgress = app.store.lessonProgress(learner, app.course.id, lesson.id);
  app.publish(learner, { type: 'progress', lesson: lesson.id, progress: lessonProgress });
  return view;
}

/** Tells a result that is not worth a record. */
export function tellResult(
  app: App,
  { learner, lesson, step }: CheckSubject,
  { result, trigger }: { readonly result: CheckResult; readonly trigger: CheckView['trigger'] },
): CheckView {
  const { steps } = app.store.lessonProgress(learner, app.course.id, lesson.id);
  const view = viewCheck({ lesson, step }, { result, trigger, progress: steps[step.id] ?? untouchedStep });
  app.publish(learner, { type: 'checked', check: view });
  return view;
}

/** "Not yet" is what a reset is for, so it is no attempt; after a pass it says that the state is gone. */
export function isWorthRecord(app: App, { learner, lesson, step }: CheckSubject, result: CheckResult): boolean {
  const { steps } = app.store.lessonProgress(learner, app.course.id, lesson.id);
  return result.status !== 'fail' || steps[step.id]?.passed === true;
}

function viewCheck(
  { lesson, step }: Pick<CheckSubject, 'lesson' | 'step'>,
  { progress, ...outcome }: Pick<CheckView, 'result' | 'trigger'> & { readonly progress: StepProgress },
): CheckView {
  const why = outcome.result.status === 'pass' && step.why ? { why: step.why } : {};
  return { lesson: lesson.id, step: step.id, ...outcome, progress, ...why };
}

/** Keeps what a broken check printed: its author needs it, the learner does not see it. */
function logRun(app: App, { run, lab }: { readonly run: ScriptRun; readonly lab: Lab }): void {
  const { script, result } = run;
  if (result.kind === 'exited' && result.exitCode <= 1) return;
  const stderr = result.kind === 'unreachable' ? result.fault.message : result.stderr.slice(-2000);
  app.log('check script broke', { script, lab: lab.id, kind: result.kind, stderr });
}
