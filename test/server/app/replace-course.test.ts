/** A course that is replaced while a learner works: checks are the new ones at once, lab and shell stay. */
import { expect, test } from 'vitest';
import { checkStep } from '../../../server/app/check-step.ts';
import { watchLesson } from '../../../server/app/watch-lesson.ts';
import { filesLesson, replacing, tinyCourse } from '../../support/tiny-course.ts';
import { createTestApp, eventually, readyLab } from './test-app.ts';

const name = { course: 'tiny', lesson: 'files', step: 'make-file' };

test('checks and automatic checks use the course that was saved last; the lab is the same one', async () => {
  await using world = await createTestApp();
  const { app } = world;
  const learner = world.newLearner();
  const lab = await readyLab(world, learner);
  watchLesson(app, learner, { ...name, page: 'page' });
  const check = () => checkStep(app, learner, { ...name, answers: {}, signal: AbortSignal.timeout(20_000) });
  expect((await check()).result).toMatchObject({ status: 'fail', hint: 'no-file' });

  const script = `${filesLesson}/steps/make-file/check.sh`;
  app.replaceCourse(
    await tinyCourse({
      [script]: replacing('[ -f "$HOME/hello.txt" ] || fail no-file', 'fail other-text; fail no-file'),
    }),
  );
  expect((await check()).result).toMatchObject({ status: 'fail', hint: 'other-text' });

  app.replaceCourse(
    await tinyCourse({ [script]: '#!/bin/bash\n[ -f ~/other.txt ] || fail no-file; true || fail other-text\n' }),
  );
  await lab.exec('touch ~/other.txt', { signal: AbortSignal.timeout(20_000), timeoutMs: 10_000 });
  app.autoCheck.handleCommandEnd(learner);
  await eventually(
    () => world.told.find(({ message }) => message.type === 'checked' && message.check.result.status === 'pass'),
    () => world.told,
  );
  expect(app.desk.find(learner)?.id).toBe(lab.id);
});

test('a lesson’s setup runs once, and once more when it was saved anew', async () => {
  await using world = await createTestApp();
  const { app } = world;
  const learner = world.newLearner();
  const lab = await readyLab(world, learner);
  const setup = `${filesLesson}/setup.sh`;
  const prepare = async (text: string) => {
    app.replaceCourse(await tinyCourse({ [setup]: `#!/bin/bash\n${text}\n` }));
    const lesson = app.course.chapters[0]?.lessons[0];
    if (!lesson) throw new Error('no lesson');
    await app.setups.ensure(lab, lesson, AbortSignal.timeout(20_000));
  };
  for (const text of ['echo a >> ~/log', 'echo a >> ~/log', 'echo b >> ~/log']) await prepare(text);
  const log = await lab.exec('cat ~/log', { signal: AbortSignal.timeout(20_000), timeoutMs: 10_000 });
  expect(log).toMatchObject({ kind: 'exited', stdout: 'a\nb\n' });
});
