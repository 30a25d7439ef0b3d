/**
 * Every step of every lesson on a real machine: its check fails before the solution, passes after it, passes again,
 * and fails again once the step is reset. Runs by `npm run test:lessons`, for it takes long under emulation.
 */
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCheck } from '../../server/check/run-check.ts';
import { loadCourse } from '../../server/course/load.ts';
import type { Lab, LabProvider } from '../../server/lab/lab.ts';
import type { LearnerId } from '../../src/course/ids.ts';
import { type Course, type Lesson, lessonsOf, type Step } from '../../src/course/model.ts';
import { createVmProvider } from '../support/vm-provider.ts';

const folder = fileURLToPath(new URL('../../content/docker', import.meta.url));
const { course } = (await loadCourse(folder)) as { course: Course };
const signal = AbortSignal.timeout(3_600_000);
const quiet = { signal, onProgress: () => {} };
const owner = { learner: 'author' as LearnerId, server: 'test' };

let made: Awaited<ReturnType<typeof createVmProvider>>;
let provider: LabProvider;
beforeAll(async () => {
  made = await createVmProvider();
  provider = made.provider;
  await provider.prepare(quiet);
});
afterAll(() => made?.[Symbol.asyncDispose]());

async function inLab(lab: Lab, script: string): Promise<void> {
  const result = await lab.exec(script, { signal, timeoutMs: 180_000 });
  expect(result, script).toMatchObject({ kind: 'exited', exitCode: 0 });
}

/** The right value of everything that a step asks for. */
async function answersOf(lab: Lab, step: Step): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const [id, script] of Object.entries(step.askScripts)) {
    const result = await lab.exec(`${course.checkLibrary.text}\n${script.text}`, { signal, timeoutMs: 60_000 });
    if (result.kind !== 'exited') throw new Error(`${script.path}: ${result.kind}`);
    answers[id] = result.stdout.trim();
  }
  return answers;
}

function canRun(lab: Lab, step: Step): boolean {
  return step.needs.every((need) => lab.capabilities.has(need));
}

for (const lesson of lessonsOf(course)) {
  describe(`lesson ${lesson.id}`, () => {
    test('each check tells wrong from right, twice, and wrong again after a reset', async () => {
      await using lab = await provider.provision({ start: lesson.start, addresses: course.addresses }, owner, quiet);
      if (lesson.setup) await inLab(lab, lesson.setup.text);
      for (const step of lesson.steps) await proveStep(lab, lesson, step);
      for (const question of lesson.questions.filter(({ kind }) => kind === 'ask-lab')) {
        const script = lesson.questionScripts[question.id as keyof typeof lesson.questionScripts];
        const result = await lab.exec(`${course.checkLibrary.text}\n${script?.text}`, { signal, timeoutMs: 60_000 });
        expect([question.id, result]).toMatchObject([question.id, { kind: 'exited', exitCode: 0 }]);
      }
    });
  });
}

async function proveStep(lab: Lab, lesson: Lesson, step: Step): Promise<void> {
  // A form is not in the lab; it is proven when the course is read.
  if (step.form) return;
  if (!canRun(lab, step)) {
    process.stdout.write(`${lesson.id}/${step.id}: cannot run on this lab (needs ${step.needs.join(', ')})\n`);
    return;
  }
  const check = async (answers?: Record<string, string>) => runCheck({ lab, course, lesson, step, answers, signal });
  const named = async (result: Awaited<ReturnType<typeof check>>) => ({ step: step.id, ...result });
  expect(await named(await check())).toMatchObject({ step: step.id, status: 'fail' });
  if (step.solve) await inLab(lab, step.solve.text);
  const answers = await answersOf(lab, step);
  expect(await named(await check(answers))).toMatchObject({ step: step.id, status: 'pass' });
  expect(await named(await check(answers))).toMatchObject({ step: step.id, status: 'pass' });
  if (!step.reset || !step.solve || !step.check) return;
  await inLab(lab, step.reset.text);
  expect(await named(await check(answers))).toMatchObject({ step: step.id, status: 'fail' });
  await inLab(lab, step.solve.text);
  // Process numbers and the like are new ones now.
  expect(await named(await check(await answersOf(lab, step)))).toMatchObject({ step: step.id, status: 'pass' });
}
