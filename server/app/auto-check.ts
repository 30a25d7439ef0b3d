/**
 * Use case: after each command in a terminal, the step the learner is at is checked by itself. A service needs a
 * moment to come up, so "not yet" is looked at again for a while. Knows nothing about how commands are noticed.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { Lesson, Step } from '../../src/course/model.ts';
import type { CheckResult } from '../../src/course/result.ts';
import { toFault } from '../../src/faults.ts';
import type { App, AutoCheck } from './context.ts';
import { type CheckSubject, evaluateStep, recordResult, tellResult } from './perform-check.ts';
import { openSteps } from './plan-check.ts';

/** A pasted block ends many commands at once: wait for the last one, milliseconds. */
const settleMs = 150;
/**
 * When "not yet" is looked at again if nothing else happened, milliseconds after the command: every second while most services come
 * up, then less often, so that a step which only needs another command costs its lab little.
 */
const againAfterMs = [700, 1600, 2500, 3500, 5000, 8000, 12_000] as const;

/** Makes the automatic check. The application is a function since each needs the other. */
export function createAutoCheck(getApp: () => App): AutoCheck {
  const rounds = new Map<LearnerId, AbortController>();
  const stop = (learner: LearnerId) => {
    rounds.get(learner)?.abort();
    rounds.delete(learner);
  };
  return {
    handleCommandEnd: (learner) => {
      stop(learner);
      const round = new AbortController();
      rounds.set(learner, round);
      const app = getApp();
      const signal = AbortSignal.any([round.signal, app.signal]);
      runRound(app, learner, signal).catch((thrown) => {
        if (!signal.aborted) app.log('automatic check failed', { learner, message: toFault(thrown).message });
      });
    },
    handleButton: stop,
    [Symbol.dispose]: () => {
      for (const learner of [...rounds.keys()]) stop(learner);
    },
  };
}

async function runRound(app: App, learner: LearnerId, signal: AbortSignal): Promise<void> {
  let shown: CheckResult | undefined;
  let waitedMs = 0;
  for (const afterMs of [settleMs, ...againAfterMs]) {
    await wait(afterMs - waitedMs, signal);
    waitedMs = afterMs;
    shown = await app.turns.take(learner, signal, () => checkCurrent(app, { learner, shown, signal }));
    if (shown?.status !== 'fail' || shown.wrongAnswers) return;
  }
}

/** Checks the step the learner is at and, as long as they pass, the next ones. Returns what was shown for the first. */
async function checkCurrent(
  app: App,
  { learner, shown, signal }: { learner: LearnerId; shown: CheckResult | undefined; signal: AbortSignal },
): Promise<CheckResult | undefined> {
  const subject = currentSubject(app, learner);
  if (!subject) return undefined;
  if (!shown) app.publish(learner, { type: 'checking', lesson: subject.lesson.id, step: subject.step.id });
  const result = await evaluateStep(app, subject, { signal });
  signal.throwIfAborted();
  if (!isSame(result, shown)) show(app, subject, result);
  if (result.status === 'pass') await checkNext(app, { learner, signal });
  return result;
}

/** Commands that came together may have done the next steps too; a step that has not been begun stays untouched. */
async function checkNext(app: App, { learner, signal }: { learner: LearnerId; signal: AbortSignal }): Promise<void> {
  for (let subject = currentSubject(app, learner); subject; subject = currentSubject(app, learner)) {
    const result = await evaluateStep(app, subject, { signal });
    signal.throwIfAborted();
    if (result.status !== 'pass') return;
    recordResult(app, subject, { result, trigger: 'auto' });
  }
}

/** A step that only waits for typed answers is told, not counted: the learner has not answered yet. */
function show(app: App, subject: CheckSubject, result: CheckResult): void {
  const awaitsAnswers = result.status === 'fail' && result.wrongAnswers !== undefined;
  if (awaitsAnswers) tellResult(app, subject, { result, trigger: 'auto' });
  else recordResult(app, subject, { result, trigger: 'auto' });
}

function currentSubject(app: App, learner: LearnerId): CheckSubject | undefined {
  const lesson: Lesson | undefined = app.watching.current(learner);
  const lab = app.desk.find(learner);
  if (!lesson || !lab) return undefined;
  const progress = app.store.lessonProgress(learner, app.course.id, lesson.id);
  const step: Step | undefined = openSteps({ lesson, progress, offered: lab.capabilities })[0];
  return step?.check ? { learner, lesson, step } : undefined;
}

const isSame = (a: CheckResult, b: CheckResult | undefined) => JSON.stringify(a) === JSON.stringify(b);

function wait(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  const stop = () => {
    clearTimeout(timer);
    reject(signal.reason);
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return promise;
}
