/**
 * Use case: the learner asks for a step's model solution. Asking is recorded; the script leaves the server only here.
 */
import { describeSolution } from '../../src/course/form/grade-form.ts';
import type { LearnerId } from '../../src/course/ids.ts';
import type { Step } from '../../src/course/model.ts';
import { Fault } from '../../src/faults.ts';
import type { SolutionView } from '../../src/protocol/api.ts';
import type { App } from './context.ts';
import { requireStep, type StepName } from './find-in-course.ts';

/** The solution as shown: a script without its interpreter line, or what to fill into a form. Throws Fault `not-found` where there is none. */
export function showSolution(app: App, learner: LearnerId, name: StepName): SolutionView {
  const { lesson, step } = requireStep(app.course, name);
  const solution = solutionOf(step);
  if (!solution) throw new Fault('not-found', { what: `solution of ${step.id}` });
  app.store.recordSolution({
    ...{ learner, course: app.course.id, lesson: lesson.id, step: step.id, at: app.now() },
  });
  return solution;
}

function solutionOf({ solve, form }: Step): SolutionView | undefined {
  if (form) return { text: describeSolution(form) };
  return solve && { script: solve.text.replace(/^#!.*\n/, '').trim() };
}
