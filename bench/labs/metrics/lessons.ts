/**
 * What a fresh lab needs before a lesson begins in it: the script of its start state and its own. That is what a template for each
 * start state would save.
 */
import type { LabProvider } from '../../../server/lab/lab.ts';
import type { Lesson } from '../../../src/course/model.ts';
import { percentile } from '../../figures.ts';
import { prepareLesson } from '../lab-scripts.ts';
import type { World } from '../world.ts';
import type { Metric } from './metric.ts';

/** Every lesson once, each on a lab of its own. */
export const lessons: Metric = {
  name: 'lessons',
  async measure(world) {
    await using provider = await world.openProvider();
    const times: { readonly id: string; readonly ms: number }[] = [];
    for (const { lessons } of world.course.chapters)
      for (const lesson of lessons) times.push({ id: lesson.id, ms: await timePreparation(world, provider, lesson) });
    const [slowest] = times.toSorted((a, b) => b.ms - a.ms);
    if (slowest === undefined) return {};
    world.note(`lessons: ${times.map(({ id, ms }) => `${id} ${Math.round(ms)} ms`).join(', ')}`);
    return {
      lessonStartP50Ms: percentile(
        times.map(({ ms }) => ms),
        0.5,
      ),
      lessonStartMostMs: slowest.ms,
    };
  },
};

async function timePreparation(world: World, provider: LabProvider, lesson: Lesson) {
  const { spec, owner, signal } = world;
  await using lab = await provider.provision({ ...spec, start: lesson.start }, owner, { signal, onProgress: () => {} });
  const startedAt = performance.now();
  await prepareLesson(world, lab, lesson);
  return performance.now() - startedAt;
}
