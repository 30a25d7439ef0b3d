/**
 * Use case: the learner wants to work at a step without having done those before it. Where the lab's state of that moment is
 * kept, the lab is put back to it; elsewhere the steps before it are solved by their model solutions, and what was done of the
 * step and of later ones is taken back first. Nothing of it counts as passed.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { Lesson, Script, Step } from '../../src/course/model.ts';
import { Fault } from '../../src/faults.ts';
import type { JumpView, LabView } from '../../src/protocol/api.ts';
import { runCheck } from '../check/run-check.ts';
import type { Lab } from '../lab/lab.ts';
import type { KeptCheckpoint } from './checkpoint-shelf.ts';
import type { App } from './context.ts';
import { requireStep, type StepName } from './find-in-course.ts';
import { describeResult } from './lesson-setups.ts';
import { rewindInTurn } from './rewind-lab.ts';

interface Jump {
  readonly learner: LearnerId;
  readonly lesson: Lesson;
  readonly step: Step;
  readonly lab: Lab;
  /** The lab's state when the step began. */
  readonly kept: KeptCheckpoint | undefined;
  /** Steps before it that this lab can do. */
  readonly before: readonly Step[];
  /** The step and later ones that were passed, last one first. */
  readonly undone: readonly Step[];
}

/** Longest time for one model solution, milliseconds: images are pulled and packages installed in it. */
const solveTimeoutMs = 300_000;
const working = { ko: '앞 단계를 대신 하고 있어요', en: 'Doing the earlier steps for you' };

/** What a jump would do. Throws a Fault when there is no lab that is ready. */
export function showJump(app: App, learner: LearnerId, name: StepName): JumpView {
  const { kept, before, undone } = planJump(app, learner, name);
  if (kept) return { by: 'checkpoint', at: kept.at };
  const titles = (steps: readonly Step[]) => steps.map(({ title }) => title);
  return { by: 'scripts', solves: titles(before), resets: titles(undone) };
}

/** Jumps. Throws Fault `jump-failed` with the step whose solution did not do it. */
export async function jumpToStep(app: App, learner: LearnerId, name: StepName): Promise<LabView> {
  planJump(app, learner, name);
  app.autoCheck.handleButton(learner);
  app.life.touch(learner);
  await app.turns.take(learner, app.signal, async () => {
    const jump = planJump(app, learner, name);
    if (jump.kept) return rewindInTurn(app, learner, jump.kept.id);
    app.desk.note(learner, jump.lab, { progress: { label: working, fraction: 0 } });
    await runJump(app, jump).finally(() => app.desk.note(learner, jump.lab, undefined));
  });
  return app.desk.view(learner);
}

function planJump(app: App, learner: LearnerId, name: StepName): Jump {
  const { lesson, step } = requireStep(app.course, name);
  const lab = app.desk.require(learner);
  const { steps: progress } = app.store.lessonProgress(learner, app.course.id, lesson.id);
  const doable = lesson.steps.filter(({ form, needs }) => !form && needs.every((need) => lab.capabilities.has(need)));
  const index = lesson.steps.indexOf(step);
  const before = doable.filter((each) => lesson.steps.indexOf(each) < index);
  const after = doable.filter((each) => lesson.steps.indexOf(each) >= index);
  const last = before.at(-1);
  return {
    ...{ learner, lesson, step, lab, before },
    kept: app.checkpoints.find(lab.id, { lesson: lesson.id, ...(last && { step: last.id }) }),
    undone: after.filter(({ id, reset }) => reset && progress[id]?.passed).toReversed(),
  };
}

async function runJump(app: App, jump: Jump): Promise<void> {
  const { learner, lab, lesson, step, before, undone } = jump;
  const { signal } = app;
  await app.setups.ensure(lab, lesson, signal);
  for (const each of undone) await run(lab, each.reset, { step: each, signal });
  for (const [index, each] of before.entries()) {
    app.desk.note(learner, lab, { progress: { label: working, fraction: index / before.length } });
    await solve(app, jump, each);
  }
  await run(lab, step.setup, { step, signal });
  const last = before.at(-1);
  await app.checkpoints.keep(lab, { lesson: lesson.id, ...(last && { step: last.id }) }, signal);
}

/** Does a step unless it is done already. */
async function solve(app: App, { lab, lesson }: Jump, step: Step): Promise<void> {
  const { course, signal } = app;
  const isDone = async () => {
    if (!step.check) return false;
    const result = await runCheck({ lab, course, lesson, step, answers: undefined, signal, onRun: () => {} });
    return result.status === 'pass' || (result.status === 'fail' && result.wrongAnswers !== undefined);
  };
  if (await isDone()) return;
  await run(lab, step.setup, { step, signal });
  await run(lab, step.solve, { step, signal });
  if (step.check && !(await isDone())) throw new Fault('jump-failed', { step: step.id, detail: 'check' });
}

async function run(
  lab: Lab,
  script: Script | undefined,
  { step, signal }: { readonly step: Step; readonly signal: AbortSignal },
): Promise<void> {
  if (!script) return;
  const result = await lab.exec(script.text, { signal, timeoutMs: solveTimeoutMs });
  if (result.kind === 'unreachable') throw result.fault;
  if (result.kind === 'exited' && result.exitCode === 0) return;
  throw new Fault('jump-failed', { step: step.id, detail: describeResult(script.path, result) });
}
