import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTerminal } from '../../../server/app/open-terminal.ts';
import { unwatchLesson, watchLesson } from '../../../server/app/watch-lesson.ts';
import type { LearnerId, TerminalName } from '../../../src/course/ids.ts';
import type { Course, Lesson } from '../../../src/course/model.ts';
import type { CheckView } from '../../../src/protocol/api.ts';
import { createTestApp, eventually, readyLab, type TestApp } from './test-app.ts';

const watched = { course: 'tiny', lesson: 'files', page: 'page' };
const size = { cols: 80, rows: 24 };
const signal = AbortSignal.timeout(60_000);

async function openFirst(world: TestApp, learner: LearnerId) {
  const session = await openTerminal(world.app, {
    ...{ learner, terminal: 't1' as TerminalName, viewer: 'viewer-1', size, signal },
  });
  const sink = { sendFrame: () => {}, sendMessage: () => {}, isReady: () => true, handleReplaced: () => {} };
  const attachment = session.attach({ viewer: 'viewer-1', size, sink });
  let sent = 0;
  const type = (text: string) => {
    const bytes = new TextEncoder().encode(text);
    attachment.input(sent, bytes);
    sent += bytes.length;
  };
  return { session, type };
}

const checksOf = (world: TestApp): CheckView[] =>
  world.told.flatMap(({ message }) => (message.type === 'checked' ? [message.check] : []));

const changeLesson = (change: Partial<Lesson>) => (course: Course) => ({
  ...course,
  chapters: course.chapters.map((chapter) => ({
    ...chapter,
    lessons: chapter.lessons.map((one) => (one.id === 'files' ? { ...one, ...change } : one)),
  })),
});

test('a command in the terminal ticks the step by itself, and a wrong one is told with its hint', async () => {
  await using world = await createTestApp();
  const learner = world.newLearner();
  watchLesson(world.app, learner, watched);
  await readyLab(world, learner);
  const { type } = await openFirst(world, learner);
  type('echo HELLO > ~/hello.txt\r');
  await eventually(
    () => checksOf(world).find(({ result }) => result.status === 'fail' && result.hint === 'other-text'),
    () => world.told,
  );
  type("printf 'hello\\nworld\\n' > ~/hello.txt\r");
  const passed = await eventually(
    () => checksOf(world).find(({ result }) => result.status === 'pass'),
    () => world.told,
  );
  expect(passed).toMatchObject({ lesson: 'files', step: 'make-file', trigger: 'auto', progress: { passed: true } });
});

test('a service that comes up long after its command ticks the step without another one', async () => {
  await using world = await createTestApp();
  const learner = world.newLearner();
  watchLesson(world.app, learner, watched);
  await readyLab(world, learner);
  const { type } = await openFirst(world, learner);
  type("(sleep 4; printf 'hello\\nworld\\n' > ~/hello.txt) & disown\r");
  await eventually(
    () => checksOf(world).find(({ result }) => result.status === 'fail'),
    () => world.told,
  );
  const passed = await eventually(
    () => checksOf(world).find(({ result }) => result.status === 'pass'),
    () => world.told,
  );
  expect(passed).toMatchObject({ step: 'make-file', trigger: 'auto' });
});

test('a service that needs a moment is looked at again', async () => {
  await using world = await createTestApp();
  const learner = world.newLearner();
  watchLesson(world.app, learner, watched);
  await readyLab(world, learner);
  const { type } = await openFirst(world, learner);
  type('true\r');
  await eventually(
    () => checksOf(world).find(({ result }) => result.status === 'fail'),
    () => world.told,
  );
  // It comes up by itself, after the first look and without another command.
  const [home = ''] = globSync(join(world.folder, 'labs', 'lab-*'));
  writeFileSync(join(home, 'hello.txt'), 'hello\n');
  const passed = await eventually(
    () => checksOf(world).find(({ result }) => result.status === 'pass'),
    () => world.told,
  );
  expect(passed).toMatchObject({ step: 'make-file', trigger: 'auto' });
});

test('nothing is checked when no page shows a lesson', async () => {
  await using world = await createTestApp();
  const learner = world.newLearner();
  watchLesson(world.app, learner, watched);
  unwatchLesson(world.app, learner, 'page');
  const lab = await readyLab(world, learner);
  const { session, type } = await openFirst(world, learner);
  const ended = new Promise<void>((resolve) => session.onCommandEnd(() => resolve()));
  type('true\r');
  await ended;
  // The check would have begun within the settling time; run something slower through the same lab.
  await lab.exec('sleep 0.5', { signal, timeoutMs: 5000 });
  expect(world.told.filter(({ message }) => message.type === 'checking')).toEqual([]);
});

test('a lesson is prepared once per lab, before the terminal opens', async () => {
  const setup = { path: 'setup.sh', text: 'sleep 0.3; echo ran >> "$HOME/setups"' };
  await using world = await createTestApp({ changeCourse: changeLesson({ setup }) });
  const learner = world.newLearner();
  watchLesson(world.app, learner, watched);
  const lab = await readyLab(world, learner);
  expect(world.app.desk.view(learner).progress?.label.en).toContain('Preparing this lesson');
  await openFirst(world, learner);
  expect(await lab.exec('cat "$HOME/setups"', { signal, timeoutMs: 5000 })).toMatchObject({ stdout: 'ran\n' });
  watchLesson(world.app, learner, { ...watched, page: 'other' });
  await openFirst(world, learner);
  expect(await lab.exec('cat "$HOME/setups"', { signal, timeoutMs: 5000 })).toMatchObject({ stdout: 'ran\n' });
  expect(world.app.desk.view(learner).progress).toBeUndefined();
});

test('a lesson finds its start state again after another lesson has changed the lab', async () => {
  const say = (word: string) => ({ path: `${word}.sh`, text: `echo ${word} >> "$HOME/said"` });
  await using world = await createTestApp({
    changeCourse: (course) => ({
      ...changeLesson({ start: 'docker-ready', setup: say('setup') })(course),
      startScripts: { 'docker-ready': say('start') },
    }),
  });
  const learner = world.newLearner();
  watchLesson(world.app, learner, watched);
  const lab = await readyLab(world, learner);
  const said = async () => (await lab.exec('tr "\\n" " " < "$HOME/said"', { signal, timeoutMs: 5000 })) as object;
  await openFirst(world, learner);
  expect(await said()).toMatchObject({ stdout: 'start setup ' });
  watchLesson(world.app, learner, { ...watched, lesson: 'processes' });
  await openFirst(world, learner);
  watchLesson(world.app, learner, watched);
  await openFirst(world, learner);
  expect(await said()).toMatchObject({ stdout: 'start setup start ' });
  watchLesson(world.app, learner, { ...watched, page: 'other' });
  await openFirst(world, learner);
  expect(await said()).toMatchObject({ stdout: 'start setup start ' });
});

test('a preparation that fails is told as ours, keeps nobody out, and is tried again', async () => {
  const setup = { path: 'files/setup.sh', text: 'echo no network >&2; exit 4' };
  await using world = await createTestApp({ changeCourse: changeLesson({ setup }) });
  const learner = world.newLearner();
  watchLesson(world.app, learner, watched);
  const lab = await readyLab(world, learner);
  await openFirst(world, learner);
  const { fault } = world.app.desk.view(learner);
  expect(fault).toMatchObject({ code: 'lesson-setup-failed' });
  expect(fault?.message.en).toContain('no network');
  expect(lab.id).toBe(world.app.desk.view(learner).id);
});

test('a lesson that is only for reading in this lab does not touch it', async () => {
  const setup = { path: 'setup.sh', text: 'echo ran >> "$HOME/setups"' };
  await using world = await createTestApp({
    changeCourse: (course) => {
      const steps = course.chapters[0]?.lessons[0]?.steps.map((step) => ({ ...step, needs: ['docker'] as const }));
      return changeLesson({ setup, ...(steps && { steps }) })(course);
    },
  });
  const learner = world.newLearner();
  watchLesson(world.app, learner, watched);
  const lab = await readyLab(world, learner);
  await openFirst(world, learner);
  expect(await lab.exec('cat "$HOME/setups"', { signal, timeoutMs: 5000 })).toMatchObject({ exitCode: 1 });
});

test('ending the lab ends its terminals', async () => {
  await using world = await createTestApp();
  const learner = world.newLearner();
  await readyLab(world, learner);
  const { session } = await openFirst(world, learner);
  world.app.desk.end(learner);
  expect(session.exit).toBeDefined();
  await expect(openFirst(world, learner)).rejects.toThrow(/no lab/);
});
