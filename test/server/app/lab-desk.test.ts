import { expect, test } from 'vitest';
import { endLab } from '../../../server/app/end-lab.ts';
import { restartLab } from '../../../server/app/restart-lab.ts';
import { startLab } from '../../../server/app/start-lab.ts';
import { unwatchLesson, watchLesson } from '../../../server/app/watch-lesson.ts';
import type { Lab, LabProvider } from '../../../server/lab/lab.ts';
import type { LearnerId } from '../../../src/course/ids.ts';
import { machineFor, machines } from '../../../src/course/machines.ts';
import { lessonsOf } from '../../../src/course/model.ts';
import { Fault } from '../../../src/faults.ts';
import { createTestApp, eventually, readyLab } from './test-app.ts';

/** Lets a test decide when a provider goes on, and count what it made. */
function createGate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const made: Lab[] = [];
  const wrap = (provider: LabProvider): LabProvider => ({
    ...provider,
    provision: async (spec, owner, options) => {
      await promise;
      const lab = await provider.provision(spec, owner, options);
      made.push(lab);
      return lab;
    },
  });
  return { open: resolve, made, wrap };
}

test('asking for a lab many times makes one machine', async () => {
  const gate = createGate();
  await using world = await createTestApp({ wrapProvider: gate.wrap });
  const learner = world.newLearner();
  expect(world.app.desk.view(learner)).toEqual({ state: 'none', kind: 'local', capabilities: [] });
  for (let times = 0; times < 5; times += 1) expect(startLab(world.app, learner).state).toBe('starting');
  gate.open();
  const lab = await readyLab(world, learner);
  expect(startLab(world.app, learner)).toMatchObject({ state: 'ready', id: lab.id });
  expect(gate.made).toHaveLength(1);
});

test('every page hears of the lab’s states in order', async () => {
  await using world = await createTestApp();
  const learner = world.newLearner();
  await readyLab(world, learner);
  endLab(world.app, learner);
  const states = world.told.flatMap(({ message }) => (message.type === 'lab' ? [message.lab.state] : []));
  expect(states).toEqual(['starting', 'ready', 'ended']);
});

test('when all labs are taken the next learner waits, is told so, and gets the first free one', async () => {
  await using world = await createTestApp({ maxLabs: 1 });
  const [first, second] = [world.newLearner(), world.newLearner()];
  await readyLab(world, first);
  const view = startLab(world.app, second);
  expect(view.state).toBe('queued');
  expect(view).toMatchObject({ place: 1, fault: { code: 'lab-full' } });
  endLab(world.app, first);
  const lab = await eventually(
    () => world.app.desk.find(second),
    () => world.app.desk.view(second),
  );
  expect(world.app.desk.view(second)).toMatchObject({ state: 'ready', id: lab.id });
});

test('while the computer is short of something newcomers wait in their turn, are told why, and start when it is over', async () => {
  let shortage: Fault | undefined = new Fault('lab-host-low');
  await using world = await createTestApp({ maxLabs: 1, shortage: () => shortage });
  const { desk } = world.app;
  const [first, second] = [world.newLearner(), world.newLearner()];
  expect(startLab(world.app, first)).toMatchObject({ state: 'queued', place: 1, fault: { code: 'lab-host-low' } });
  expect(startLab(world.app, second)).toMatchObject({ place: 2, fault: { code: 'lab-host-low' } });
  desk.advance();
  expect(desk.view(first)).toMatchObject({ state: 'queued', place: 1 });
  shortage = undefined;
  desk.advance();
  await readyLab(world, first);
  // Nobody overtakes, and what the other waits for now is another thing.
  expect(desk.view(second)).toMatchObject({ state: 'queued', place: 1, fault: { code: 'lab-full' } });
  const heard = world.told.findLast(({ learner }) => learner === second)?.message;
  expect(heard).toMatchObject({ type: 'lab', lab: { place: 1, fault: { code: 'lab-full' } } });
  shortage = new Fault('lab-host-low');
  endLab(world.app, first);
  await eventually(
    () => (desk.view(second).fault?.code === 'lab-host-low' ? true : undefined),
    () => desk.view(second),
  );
  shortage = undefined;
  const third = world.newLearner();
  expect(startLab(world.app, third)).toMatchObject({ state: 'queued', place: 1 });
  await readyLab(world, second);
});

test('who waits without a page leaves the queue after two minutes; who comes back in time, or stays, keeps the place', async () => {
  let now = Date.now();
  await using world = await createTestApp({ maxLabs: 1, now: () => now });
  const { desk } = world.app;
  const [first, gone, back, here] = [world.newLearner(), world.newLearner(), world.newLearner(), world.newLearner()];
  const open = (learner: LearnerId, page: string) =>
    watchLesson(world.app, learner, { course: world.course.id, lesson: 'files', page });
  /** Time goes by as the application sees it: with a look every five seconds. */
  const wait = (seconds: number) => {
    for (const end = now + seconds * 1000; now < end; ) {
      now += 5000;
      desk.advance();
    }
  };
  await readyLab(world, first);
  for (const learner of [gone, back, here]) open(learner, 'page');
  for (const learner of [gone, back, here]) startLab(world.app, learner);
  wait(600);
  expect([gone, back, here].map((learner) => desk.view(learner).place)).toEqual([1, 2, 3]);
  for (const learner of [gone, back]) unwatchLesson(world.app, learner, 'page');
  wait(115);
  open(back, 'next page');
  expect(desk.view(gone)).toMatchObject({ state: 'queued', place: 1 });
  wait(5);
  expect(desk.view(gone)).toMatchObject({ state: 'none', fault: { code: 'lab-queue-left', retry: true } });
  expect([back, here].map((learner) => desk.view(learner).place)).toEqual([1, 2]);
  const heard = world.told.findLast(({ learner }) => learner === here)?.message;
  expect(heard).toMatchObject({ type: 'lab', lab: { state: 'queued', place: 2 } });
  wait(600);
  endLab(world.app, first);
  await eventually(
    () => desk.find(back),
    () => desk.view(back),
  );
  expect(desk.view(gone).state).toBe('none');
  expect(startLab(world.app, gone)).toMatchObject({ state: 'queued', place: 2 });
});

test('who leaves the queue does not get a lab', async () => {
  await using world = await createTestApp({ maxLabs: 1 });
  const [first, second, third] = [world.newLearner(), world.newLearner(), world.newLearner()];
  await readyLab(world, first);
  startLab(world.app, second);
  expect(startLab(world.app, third).place).toBe(2);
  expect(endLab(world.app, second).state).toBe('ended');
  const heard = world.told.findLast(({ learner }) => learner === third)?.message;
  expect(heard).toMatchObject({ type: 'lab', lab: { state: 'queued', place: 1 } });
  endLab(world.app, first);
  await eventually(
    () => world.app.desk.find(third),
    () => world.app.desk.view(third),
  );
  expect(world.app.desk.view(second).state).toBe('ended');
});

test('a restart throws the machine away and gives a fresh one, even when all places are taken', async () => {
  await using world = await createTestApp({ maxLabs: 1 });
  const learner = world.newLearner();
  const old = await readyLab(world, learner);
  const signal = AbortSignal.timeout(5000);
  await old.exec('echo mine > "$HOME/file"', { signal, timeoutMs: 5000 });
  expect(restartLab(world.app, learner).state).toBe('starting');
  const fresh = await readyLab(world, learner);
  expect(fresh.id).not.toBe(old.id);
  expect(await fresh.exec('cat "$HOME/file"', { signal, timeoutMs: 5000 })).toMatchObject({ exitCode: 1, stdout: '' });
});

test('a start that fails says why, frees its place and may be tried again', async () => {
  let fails = true;
  await using world = await createTestApp({
    maxLabs: 1,
    wrapProvider: (provider) => ({
      ...provider,
      provision: (...args) => {
        if (fails) throw new Fault('lab-start-failed', { detail: 'no luck' });
        return provider.provision(...args);
      },
    }),
  });
  const learner = world.newLearner();
  startLab(world.app, learner);
  const view = await eventually(
    () => (world.app.desk.view(learner).state === 'none' ? world.app.desk.view(learner) : undefined),
    () => world.app.desk.view(learner),
  );
  expect(view.fault).toMatchObject({ code: 'lab-start-failed', retry: true });
  expect(world.lines.join('\n')).toContain('lab start failed');
  fails = false;
  await readyLab(world, world.newLearner());
});

test('a preparation that fails is tried again by the next start', async () => {
  let tries = 0;
  await using world = await createTestApp({
    wrapProvider: (provider) => ({
      ...provider,
      prepare: async (options) => {
        tries += 1;
        if (tries === 1) throw new Fault('lab-no-image', { detail: 'none' });
        await provider.prepare(options);
      },
    }),
  });
  const learner = world.newLearner();
  startLab(world.app, learner);
  await eventually(
    () => world.app.desk.view(learner).fault,
    () => world.app.desk.view(learner),
  );
  expect(world.app.desk.view(learner).fault?.code).toBe('lab-no-image');
  await readyLab(world, learner);
});

test('a lost machine is told as lost, and a new start replaces it', async () => {
  let lose: (fault: Fault) => void = () => {};
  await using world = await createTestApp({
    maxLabs: 1,
    wrapProvider: (provider) => ({
      ...provider,
      provision: async (...args) => {
        const lab = await provider.provision(...args);
        lab.onLost = (listener) => {
          lose = listener;
          return { [Symbol.dispose]: () => {} };
        };
        return lab;
      },
    }),
  });
  const learner = world.newLearner();
  const lab = await readyLab(world, learner);
  lose(new Fault('lab-lost'));
  expect(world.app.desk.view(learner)).toMatchObject({ state: 'lost', fault: { code: 'lab-lost' } });
  expect(() => world.app.desk.require(learner)).toThrow(Fault);
  expect((await readyLab(world, learner)).id).not.toBe(lab.id);
});

test('ending while the machine is being made leaves no machine behind', async () => {
  const gate = createGate();
  await using world = await createTestApp({ wrapProvider: gate.wrap, maxLabs: 1 });
  const learner = world.newLearner();
  startLab(world.app, learner);
  expect(endLab(world.app, learner).state).toBe('ended');
  gate.open();
  const other = world.newLearner();
  await readyLab(world, other);
  expect(world.app.desk.view(learner).state).toBe('ended');
});

test('a fresh machine is the one that the lesson on the screen begins on, and pages see which it is', async () => {
  const starts: string[] = [];
  const wrapProvider = (provider: LabProvider): LabProvider => ({
    ...provider,
    provision: async (spec, owner, options) => {
      starts.push(spec.start);
      const is = machineFor(spec.start);
      return Object.assign(await provider.provision(spec, owner, options), { machine: { is, of: machines } });
    },
  });
  await using world = await createTestApp({
    wrapProvider,
    changeCourse: (course) => ({
      ...course,
      chapters: course.chapters.map((chapter) => ({
        ...chapter,
        lessons: chapter.lessons.map((lesson) => (lesson.id === 'files' ? { ...lesson, start: 'selinux' } : lesson)),
      })),
    }),
  });
  const learner = world.newLearner();
  const other = lessonsOf(world.course).find(({ start }) => start !== 'selinux');
  watchLesson(world.app, learner, { course: world.course.id, lesson: other?.id ?? '', page: {} });
  await readyLab(world, learner);
  expect(world.app.desk.view(learner).machine).toEqual({ is: 'usual', of: machines });
  // Both pages are open, the other lesson's was opened last: the one whose button is pressed counts.
  watchLesson(world.app, learner, { course: world.course.id, lesson: 'files', page: {} });
  watchLesson(world.app, learner, { course: world.course.id, lesson: other?.id ?? '', page: {} });
  restartLab(world.app, learner, { course: world.course.id, lesson: 'files' });
  await readyLab(world, learner);
  expect(world.app.desk.view(learner).machine?.is).toBe('selinux');
  expect(starts).toEqual([other?.start, 'selinux']);
});
