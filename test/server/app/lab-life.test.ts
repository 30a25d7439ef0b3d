import { expect, test } from 'vitest';
import { extendLab } from '../../../server/app/extend-lab.ts';
import { type LabEnding, LabLife } from '../../../server/app/lab-life.ts';
import { startLab } from '../../../server/app/start-lab.ts';
import { watchLesson } from '../../../server/app/watch-lesson.ts';
import type { LearnerId } from '../../../src/course/ids.ts';
import { usualLimits as limits, minute } from '../../support/lab-limits.ts';
import { createTestApp, readyLab } from './test-app.ts';

const ann = 'ann' as LearnerId;

/** Lives on a clock that the test moves, and what was said of them. */
function createLives({ isOpen = true } = {}) {
  const said: string[] = [];
  const at = (ms: number) => `${Math.round(ms / minute)}`;
  const world = { now: 0, isOpen, said };
  const life = new LabLife({
    limits,
    now: () => world.now,
    isOpen: () => world.isOpen,
    onEnding: (_learner: LearnerId, ending: LabEnding | undefined) =>
      void said.push(ending ? `${at(world.now)} warned ${ending.why} for ${at(ending.at)}` : `${at(world.now)} calm`),
    onEnd: (_learner, why) => void said.push(`${at(world.now)} ended ${why}`),
  });
  life.begin(ann);
  const wait = (minutes: number) => {
    for (const end = world.now + minutes * minute; world.now < end; ) {
      world.now += minute;
      life.check();
    }
  };
  return Object.assign(world, { life, wait });
}

test('who does nothing for long is warned, and then the lab ends', () => {
  const { wait, said } = createLives();
  wait(200);
  expect(said).toEqual(['115 warned unused for 120', '120 ended unused']);
});

test('who closes every page has less time; opening one again calms the warning', () => {
  const world = createLives();
  world.wait(10);
  world.isOpen = false;
  world.wait(57);
  world.isOpen = true;
  world.wait(3);
  world.isOpen = false;
  world.life.touch(ann);
  world.wait(100);
  expect(world.said).toEqual(['65 warned left for 70', '68 calm', '125 warned left for 130', '130 ended left']);
});

test('the longest life ends too; asking for more gives an hour, each time', () => {
  const world = createLives();
  for (let hour = 0; hour < 11; hour += 1) {
    world.wait(60);
    world.life.touch(ann);
  }
  world.wait(57);
  world.life.extend(ann);
  world.wait(50);
  world.life.touch(ann);
  world.wait(20);
  expect(world.said).toEqual(['715 warned old for 720', '717 calm', '772 warned old for 777', '777 ended old']);
});

test('a computer that slept warns before it ends anything', () => {
  const world = createLives();
  world.now = 500 * minute;
  world.life.check();
  world.wait(4);
  world.life.touch(ann);
  world.wait(1);
  expect(world.said).toEqual(['500 warned unused for 505', '504 calm']);
});

test('a lab that is gone is not ended, and a fresh one begins anew', () => {
  const world = createLives();
  world.wait(100);
  world.life.forget(ann);
  world.wait(50);
  world.life.begin(ann);
  world.wait(100);
  expect(world.said).toEqual([]);
});

test('pages are warned with the time that is left; the end says why and keeps the learner out of nothing', async () => {
  let now = Date.now();
  await using world = await createTestApp({ limits, now: () => now });
  const learner = world.newLearner();
  await readyLab(world, learner);
  watchLesson(world.app, learner, { course: world.course.id, lesson: 'files', page: 'page' });
  const labs = () => world.told.flatMap(({ message }) => (message.type === 'lab' ? [message.lab] : []));
  now += 116 * minute;
  world.app.life.check();
  expect(labs().at(-1)).toMatchObject({ state: 'ready', ending: { why: 'unused', inMs: 4 * minute + minute } });
  expect(extendLab(world.app, learner).ending).toBeUndefined();
  now += 116 * minute;
  world.app.life.check();
  now += 6 * minute;
  world.app.life.check();
  expect(world.app.desk.view(learner)).toMatchObject({ state: 'ended', fault: { code: 'lab-ended-unused' } });
  expect(startLab(world.app, learner).state).toBe('starting');
  await readyLab(world, learner);
});
