/**
 * Round trips: a script that does nothing, the checks of a lesson whose steps are done, taking a step back by its script, and the
 * whole lab back by a checkpoint where labs keep them.
 */
import { runCheck } from '../../../server/check/run-check.ts';
import type { Lab } from '../../../server/lab/lab.ts';
import type { Lesson, Step } from '../../../src/course/model.ts';
import { findLesson } from '../../../src/course/model.ts';
import { prepareLesson, runScriptIn } from '../lab-scripts.ts';
import type { World } from '../world.ts';
import { type Metric, roundsOf, timesOf } from './metric.ts';

/** Runs containers, as most lessons do; its checks look at them. */
const lessonId = 'kernel';

/** Checks and resets. */
export const checks: Metric = {
  name: 'checks',
  async measure(world) {
    const { signal, owner, spec } = world;
    await using provider = await world.openProvider();
    const lesson = findLesson(world.course, lessonId);
    if (lesson === undefined) throw new Error(`no lesson ${lessonId}`);
    const lab = await provider.provision({ ...spec, start: lesson.start }, owner, { signal, onProgress: () => {} });
    const trivial = await repeat(
      roundsOf(world),
      async () => void (await runScriptIn(world, lab, { path: 'true', text: 'true' })),
    );
    const steps = lesson.steps.filter((step) => step.check && step.needs.every((need) => lab.capabilities.has(need)));
    await prepareLesson(world, lab, lesson);
    for (const { solve } of steps) if (solve) await runScriptIn(world, lab, solve);
    const lessonTimes = await timeChecks(world, { lab, lesson, steps });
    const resets = await timeResets(world, lab, steps);
    const { saves, restores } = await timeCheckpoints(world, lab);
    return {
      ...timesOf('trivialCheck', trivial),
      ...timesOf('lessonCheck', lessonTimes),
      ...timesOf('resetStep', resets),
      ...(saves.length > 0 && { ...timesOf('checkpointSave', saves), ...timesOf('checkpointRestore', restores) }),
    };
  },
};

async function timeChecks(
  world: World,
  { lab, lesson, steps }: { readonly lab: Lab; readonly lesson: Lesson; readonly steps: readonly Step[] },
): Promise<readonly number[]> {
  const times: number[] = [];
  const { course, signal, note } = world;
  for (const step of steps) {
    const asked = { ...step, ask: [] }; // Answers take as long as their own scripts; the state is what is looked at.
    const once = async () => {
      const result = await runCheck({ lab, course, lesson, step: asked, signal });
      if (result.status !== 'pass') note(`${lesson.id}/${step.id}: ${result.status}`);
    };
    times.push(...(await repeat(Math.ceil(roundsOf(world) / steps.length), once)));
  }
  return times;
}

/** Each step is done anew after it was taken back. */
async function timeResets(world: World, lab: Lab, steps: readonly Step[]): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < (world.options.isQuick ? 1 : 3); round += 1)
    for (const { reset, solve } of steps) {
      if (!reset || !solve) continue;
      times.push(...(await repeat(1, () => runScriptIn(world, lab, reset))));
      await runScriptIn(world, lab, solve);
    }
  return times;
}

/** Kept and put back in turn, until scripts and terminals work again. Nothing where labs keep no states. */
async function timeCheckpoints(world: World, { checkpoints }: Lab) {
  const { signal } = world;
  const [saves, restores]: [number[], number[]] = [[], []];
  for (let round = 0; checkpoints && round < roundsOf(world); round += 1) {
    const startedAt = performance.now();
    const { id } = await checkpoints.save(signal);
    saves.push(performance.now() - startedAt);
    restores.push(...(await repeat(1, () => checkpoints.restore(id, { signal, onProgress: () => {} }))));
    await checkpoints.drop(id);
  }
  return { saves, restores };
}

async function repeat(times: number, once: () => Promise<void>): Promise<readonly number[]> {
  const values: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const startedAt = performance.now();
    await once();
    values.push(performance.now() - startedAt);
  }
  return values;
}
