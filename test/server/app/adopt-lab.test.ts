/** A server that is started anew goes on with the labs of the one before, as its students left them. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { adoptLab } from '../../../server/app/adopt-lab.ts';
import { checkStep } from '../../../server/app/check-step.ts';
import { endLab } from '../../../server/app/end-lab.ts';
import { listCheckpoints, rewindLab } from '../../../server/app/rewind-lab.ts';
import { watchLesson } from '../../../server/app/watch-lesson.ts';
import type { Lab } from '../../../server/lab/lab.ts';
import type { LearnerId, LessonId } from '../../../src/course/ids.ts';
import { findLesson } from '../../../src/course/model.ts';
import { withCheckpoints } from '../../support/keeping-labs.ts';
import { createTestApp, eventually, readyLab, type TestApp, type TestAppOptions } from './test-app.ts';

const signal = AbortSignal.timeout(60_000);
const files = { course: 'tiny', lesson: 'files' };
const options: TestAppOptions = {
  keepsLabs: true,
  wrapProvider: (provider, folder) => withCheckpoints(provider, folder),
};
const memoryOf = ({ folder }: TestApp, { id }: Lab) => join(folder, 'known', id, 'memory.json');
const keptOf = (world: TestApp, learner: LearnerId, count: number) =>
  eventually(
    () => (listCheckpoints(world.app, learner).checkpoints.length === count ? true : undefined),
    () => world.lines,
  );

/** A learner who passed the first step, in a server that has ended and left the lab running. */
async function beginAndEnd() {
  const before = await createTestApp(options);
  const learner = before.newLearner();
  watchLesson(before.app, learner, { ...files, page: 'page' });
  const lab = await readyLab(before, learner);
  await keptOf(before, learner, 1);
  await lab.exec(`printf 'hello\\nworld\\n' > "$HOME/hello.txt"`, { signal, timeoutMs: 5_000 });
  await checkStep(before.app, learner, { ...files, step: 'make-file', signal });
  await keptOf(before, learner, 2);
  await before.app[Symbol.asyncDispose]();
  // As a server does when it ends: everything is written.
  await before.labFolders[Symbol.asyncDispose]();
  expect(existsSync(memoryOf(before, lab))).toBe(true);
  return { before, learner, lab, [Symbol.asyncDispose]: () => before[Symbol.asyncDispose]() };
}

test('the learner has the lab again: nothing is prepared a second time, and what was kept can be gone back to', async () => {
  await using earlier = await beginAndEnd();
  const { learner, lab, before } = earlier;
  await using world = await createTestApp({ ...options, folder: before.folder });
  await adoptLab(world.app, { learner, lab });
  expect(world.app.desk.view(learner)).toMatchObject({ state: 'ready', id: lab.id });
  const lesson = findLesson(world.course, 'files' as LessonId);
  expect(lesson && world.app.setups.isDone(lab, lesson)).toBe(true);
  const { checkpoints } = listCheckpoints(world.app, learner);
  expect(checkpoints.map(({ step }) => step?.en)).toEqual(['Make the file', undefined]);
  // The lesson's page opens again: the state of now is not that of its beginning.
  watchLesson(world.app, learner, { ...files, page: 'page' });
  await rewindLab(world.app, learner, checkpoints[1]?.id ?? '');
  const found = await lab.exec('ls "$HOME"', { signal, timeoutMs: 5_000 });
  expect(found).toMatchObject({ kind: 'exited', stdout: expect.not.stringContaining('hello.txt') });
  expect(listCheckpoints(world.app, learner).checkpoints).toHaveLength(1);
  // Its end is as any other: nothing is known about it any more.
  endLab(world.app, learner);
  await eventually(
    () => !existsSync(memoryOf(world, lab)) || undefined,
    () => readdirSync(world.folder, { recursive: true }),
  );
});

test('a state that the lab itself does not have any more is not offered', async () => {
  await using earlier = await beginAndEnd();
  const { learner, lab, before } = earlier;
  await lab.checkpoints?.drop(lab.checkpoints.ids[1] ?? '');
  await using world = await createTestApp({ ...options, folder: before.folder });
  await adoptLab(world.app, { learner, lab });
  const { checkpoints } = listCheckpoints(world.app, learner);
  expect(checkpoints.map(({ step }) => step?.en)).toEqual([undefined]);
  await rewindLab(world.app, learner, checkpoints[0]?.id ?? '');
  expect(world.app.desk.view(learner)).toMatchObject({ state: 'ready', id: lab.id });
});

test('a learner who has another lab by now keeps that one, and the old one is ended', async () => {
  await using earlier = await beginAndEnd();
  const { learner, lab, before } = earlier;
  await using world = await createTestApp({ ...options, folder: before.folder });
  watchLesson(world.app, learner, { ...files, page: 'page' });
  const current = await readyLab(world, learner);
  await adoptLab(world.app, { learner, lab });
  expect(world.app.desk.view(learner)).toMatchObject({ state: 'ready', id: current.id });
  expect(await lab.exec('true', { signal, timeoutMs: 5_000 })).toMatchObject({ kind: 'unreachable' });
});

test('a lab of which nothing readable is known is still the learner’s', async () => {
  await using earlier = await beginAndEnd();
  const { learner, lab, before } = earlier;
  writeFileSync(memoryOf(before, lab), '{"format":2}');
  await using world = await createTestApp({ ...options, folder: before.folder });
  await adoptLab(world.app, { learner, lab });
  expect(world.app.desk.view(learner)).toMatchObject({ state: 'ready', id: lab.id });
  expect(listCheckpoints(world.app, learner).checkpoints).toEqual([]);
  expect(world.lines.join('\n')).toContain('what was known about a lab cannot be read');
});
