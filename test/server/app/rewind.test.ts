/** Going back to an earlier state of the lab, and jumping to a step. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkStep } from '../../../server/app/check-step.ts';
import { jumpToStep, showJump } from '../../../server/app/jump-to-step.ts';
import { keepCheckpoint } from '../../../server/app/keep-checkpoint.ts';
import { openTerminal } from '../../../server/app/open-terminal.ts';
import { listCheckpoints, rewindLab } from '../../../server/app/rewind-lab.ts';
import { watchLesson } from '../../../server/app/watch-lesson.ts';
import type { Lab } from '../../../server/lab/lab.ts';
import type { LearnerId, LessonId, TerminalName } from '../../../src/course/ids.ts';
import { withCheckpoints } from '../../support/keeping-labs.ts';
import { changeTinyStep, createTestApp, eventually, readyLab, type TestApp, type TestAppOptions } from './test-app.ts';

const signal = AbortSignal.timeout(60_000);
const files = { course: 'tiny', lesson: 'files' };
const makeFile = { ...files, step: 'make-file', signal };
const countLines = { ...files, step: 'count-lines' };
const texts = 'cd "$HOME"; ls | grep txt || true';
const makeIt = `printf 'hello\\nworld\\n' > "$HOME/hello.txt"`;

interface World {
  readonly world: TestApp;
  readonly learner: LearnerId;
  readonly lab: Lab;
  run(script: string): Promise<string>;
}

/** A learner on the first lesson with a lab that is ready. */
async function begin(options: TestAppOptions = {}): Promise<World & AsyncDisposable> {
  const world = await createTestApp(options);
  const learner = world.newLearner();
  watchLesson(world.app, learner, { ...files, page: 'page' });
  const lab = await readyLab(world, learner);
  const run = async (script: string) => {
    const result = await lab.exec(script, { signal, timeoutMs: 5_000 });
    return result.kind === 'exited' ? `${result.stdout}${result.stderr}`.trim() : JSON.stringify(result);
  };
  return { world, learner, lab, run, [Symbol.asyncDispose]: () => world[Symbol.asyncDispose]() };
}

const keeping: TestAppOptions = { wrapProvider: (provider, folder) => withCheckpoints(provider, folder) };

/** What is kept, once there are so many. */
const keptOf = ({ world, learner }: World, count: number) =>
  eventually(
    () => {
      const { checkpoints } = listCheckpoints(world.app, learner);
      return checkpoints.length === count ? checkpoints : undefined;
    },
    () => [listCheckpoints(world.app, learner), world.lines],
  );

const progressOf = ({ world, learner }: World) =>
  world.app.store.lessonProgress(learner, world.course.id, 'files' as LessonId).steps;

const statesOf = ({ told }: TestApp) =>
  told.flatMap(({ message }) => (message.type === 'lab' ? [message.lab.state] : []));

test('the beginning of a lesson and each step that passed are kept, and the lab goes back to them', async () => {
  await using mine = await begin(keeping);
  const { world, learner, lab, run } = mine;
  await keptOf(mine, 1);
  await run(makeIt);
  await checkStep(world.app, learner, makeFile);
  const [afterStep, atBeginning] = await keptOf(mine, 2);
  expect(afterStep).toMatchObject({ lesson: { en: 'Making a file' }, step: { en: 'Make the file' } });
  expect(atBeginning).not.toHaveProperty('step');

  await run('rm "$HOME/hello.txt"; echo lost > "$HOME/later.txt"');
  const size = { cols: 80, rows: 24 };
  const terminal = { learner, terminal: 't1' as TerminalName, viewer: 'viewer-1', size, signal };
  const session = await openTerminal(world.app, terminal);
  const view = await rewindLab(world.app, learner, afterStep?.id ?? '');
  expect(view).toMatchObject({ state: 'ready', id: lab.id });
  expect(await run(texts)).toBe('hello.txt');
  expect(statesOf(world).slice(-2)).toEqual(['starting', 'ready']);
  expect(await openTerminal(world.app, terminal)).not.toBe(session);

  await rewindLab(world.app, learner, atBeginning?.id ?? '');
  expect(await run(texts)).toBe('');
  await expect(rewindLab(world.app, learner, afterStep?.id ?? '')).rejects.toMatchObject({ code: 'not-found' });
  expect(world.app.desk.view(learner).state).toBe('ready');
  // What was passed stays passed.
  expect(progressOf(mine)['make-file']).toMatchObject({ passed: true });
});

test('no more are kept than the setting says, the newest ones', async () => {
  await using mine = await begin({ ...keeping, maxCheckpoints: 1 });
  const { world, learner, run } = mine;
  await keptOf(mine, 1);
  await run(makeIt);
  await checkStep(world.app, learner, makeFile);
  await eventually(
    () => listCheckpoints(world.app, learner).checkpoints[0]?.step,
    () => world.lines,
  );
  await eventually(
    () => readdirSync(world.folder).filter((name) => /-c\d+$/.test(name)).length === 1 || undefined,
    () => readdirSync(world.folder),
  );
  // The beginning went first. The state of now is not that of the beginning, whoever comes there again.
  await keepCheckpoint(world.app, learner, { lesson: 'files' as LessonId });
  const [kept, ...others] = listCheckpoints(world.app, learner).checkpoints;
  expect([kept?.step?.en, others]).toEqual(['Make the file', []]);
});

test('a lab that does not survive going back is lost with its sentence, and its place is free', async () => {
  await using mine = await begin({ ...keeping, maxLabs: 1 });
  const { world, learner, lab } = mine;
  const [kept] = await keptOf(mine, 1);
  rmSync(join(world.folder, `${lab.id}-${kept?.id}`), { recursive: true });
  await expect(rewindLab(world.app, learner, kept?.id ?? '')).rejects.toMatchObject({ code: 'lab-checkpoint-failed' });
  expect(world.app.desk.view(learner)).toMatchObject({ state: 'lost', fault: { code: 'lab-checkpoint-failed' } });
  expect((await readyLab(world, world.newLearner())).id).not.toBe(lab.id);
});

test('a lab that turns out not to have the state stays as it was, and the learner’s', async () => {
  await using mine = await begin(keeping);
  const { world, learner, lab, run } = mine;
  const [kept] = await keptOf(mine, 1);
  await run(makeIt);
  await lab.checkpoints?.drop(kept?.id ?? '');
  await expect(rewindLab(world.app, learner, kept?.id ?? '')).rejects.toMatchObject({ code: 'not-found' });
  expect(world.app.desk.view(learner)).toMatchObject({ state: 'ready', id: lab.id });
  expect(await run(texts)).toBe('hello.txt');
});

test('a lab that was ended while it went back stays ended', async () => {
  await using mine = await begin(keeping);
  const { world, learner } = mine;
  const [kept] = await keptOf(mine, 1);
  const going = rewindLab(world.app, learner, kept?.id ?? '').catch((fault: unknown) => fault);
  // Looked at after every turn of the event loop: copying a home back is over in some milliseconds.
  while (world.app.desk.view(learner).state !== 'starting') {
    signal.throwIfAborted();
    await new Promise(setImmediate);
  }
  world.app.desk.end(learner);
  await going;
  expect(world.app.desk.view(learner).state).toBe('ended');
});

test('a jump puts the lab back where the state is kept, and nothing is solved', async () => {
  await using mine = await begin(keeping);
  const { world, learner, run } = mine;
  await run(makeIt);
  await checkStep(world.app, learner, makeFile);
  await keptOf(mine, 2);
  await run('rm "$HOME/hello.txt"');
  expect(showJump(world.app, learner, countLines)).toMatchObject({ by: 'checkpoint' });
  await jumpToStep(world.app, learner, countLines);
  expect(await run('cat "$HOME/hello.txt"')).toBe('hello\nworld');
});

test('a jump elsewhere does the steps before by their solutions, counts nothing as passed, and can go back again', async () => {
  await using mine = await begin();
  const { world, learner, run } = mine;
  expect(listCheckpoints(world.app, learner)).toEqual({ isKept: false, checkpoints: [] });
  const plan = showJump(world.app, learner, countLines);
  expect(plan).toMatchObject({ by: 'scripts', solves: [{ en: 'Make the file' }], resets: [] });
  expect(await jumpToStep(world.app, learner, countLines)).toMatchObject({ state: 'ready' });
  expect(await run('cat "$HOME/hello.txt"')).toBe('hello\nworld');
  expect(progressOf(mine)).toEqual({});

  await checkStep(world.app, learner, makeFile);
  const back = { ...files, step: 'make-file' };
  expect(showJump(world.app, learner, back)).toMatchObject({ solves: [], resets: [{ en: 'Make the file' }] });
  await jumpToStep(world.app, learner, back);
  expect(await run(texts)).toBe('');
});

test('a solution that does not do its step is our fault, and says which step', async () => {
  const solve = { path: 'solve.sh', text: 'echo nothing done' };
  await using mine = await begin({ changeCourse: changeTinyStep('make-file', { solve }) });
  const { world, learner } = mine;
  const fault = { code: 'jump-failed', details: { step: 'make-file', detail: 'check' } };
  await expect(jumpToStep(world.app, learner, countLines)).rejects.toMatchObject(fault);
  expect(world.app.desk.view(learner)).toMatchObject({ state: 'ready' });
});
