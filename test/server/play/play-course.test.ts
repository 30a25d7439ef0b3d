/** What is played when, on which kind of lab, and what follows from a result. */
import { expect, test } from 'vitest';
import type { LabKind } from '../../../server/lab/lab.ts';
import { joinPlays, MixedPlay } from '../../../server/play/mixed-play.ts';
import { type PlannedPlay, planPlay } from '../../../server/play/plan-play.ts';
import { playAll } from '../../../server/play/play-course.ts';
import type { PlayedItem, PlayedLesson } from '../../../server/play/report.ts';
import { summarize } from '../../../server/play/summarize.ts';
import { tinyCourse } from '../../support/tiny-course.ts';

const named = (id: string, outcome: PlayedItem['outcome']): PlayedItem => ({
  ...{ id, kind: 'step', outcome, ms: 1, phases: [], problems: [] },
  ...(outcome === 'not-run' && { missing: ['docker'] }),
});
const lesson = (...items: PlayedItem[]): PlayedLesson => ({
  ...{ lesson: 'l', locale: 'ko', depth: 'full', lab: 'local', isPart: false, versions: {}, ms: 1, labMs: 1 },
  ...{ items, problems: [] },
});
const on = (kind: LabKind, ...plans: string[]) => plans.map((plan) => ({ plan, kind }));

/** Plays that end when a test says so. */
function heldPlays() {
  const running = new Map<string, PromiseWithResolvers<PlayedLesson>>();
  return {
    play: ({ plan }: { readonly plan: string }) => {
      const held = Promise.withResolvers<PlayedLesson>();
      running.set(plan, held);
      return held.promise;
    },
    /** What is played now. */
    now: async () => {
      await new Promise(setImmediate);
      return [...running.keys()].toSorted().join(' ');
    },
    end: (plan: string, thrown?: Error) => {
      const held = running.get(plan);
      running.delete(plan);
      if (thrown) held?.reject(thrown);
      else held?.resolve({ ...lesson(), lesson: plan });
    },
  };
}

test('as many at a time as asked, results as they were queued', async () => {
  const { play, now, end } = heldPlays();
  const all = playAll(on('local', 'a', 'b', 'c'), { jobs: 2, play });
  expect(await now()).toBe('a b');
  end('b');
  expect(await now()).toBe('a c');
  end('c');
  end('a');
  expect((await all).map((one) => one.lesson)).toEqual(['a', 'b', 'c']);
});

test('a kind of lab for each, help for the other when one’s own has nothing, and waiting for what may follow', async () => {
  const { play, now, end } = heldPlays();
  const follow = ({ plan }: { readonly plan: string }) =>
    plan === 'a' ? on('qemu', 'A', 'A2') : plan === 'c' ? on('qemu', 'C') : [];
  const all = playAll(on('container', 'a', 'b', 'c'), { jobs: 2, play, follow });
  expect(await now()).toBe('a b');
  end('a');
  // The first goes on with containers, the second comes to the machine when its container is done.
  expect(await now()).toBe('b c');
  end('b');
  expect(await now()).toBe('A c');
  end('c');
  expect(await now()).toBe('A A2');
  end('A');
  end('C');
  expect(await now()).toBe('A2 C');
  end('A2');
  end('C');
  expect((await all).map((one) => one.lesson)).toEqual(['a', 'b', 'c', 'A', 'A2', 'C']);
});

test('one that has nothing to do waits for what the others’ results call for', async () => {
  const { play, now, end } = heldPlays();
  const follow = ({ plan }: { readonly plan: string }) => (plan === 'a' ? on('qemu', 'A', 'A2') : []);
  const all = playAll(on('container', 'a'), { jobs: 2, play, follow });
  expect(await now()).toBe('a');
  end('a');
  expect(await now()).toBe('A A2');
  end('A');
  end('A2');
  expect(await all).toHaveLength(3);
});

test('no more labs of a kind at a time than that kind bears, though somebody has nothing to do', async () => {
  const { play, now, end } = heldPlays();
  const follow = ({ plan }: { readonly plan: string }) => (plan === 'a' ? on('qemu', 'A', 'A2') : []);
  const all = playAll(on('container', 'a', 'b'), { jobs: 2, most: { qemu: 1 }, play, follow });
  expect(await now()).toBe('a b');
  end('a');
  end('b');
  expect(await now()).toBe('A');
  end('A');
  expect(await now()).toBe('A2');
  end('A2');
  expect(await all).toHaveLength(4);
});

test('the first rejection ends all: what waits is not played', async () => {
  const { play, now, end } = heldPlays();
  const all = playAll(on('local', 'a', 'b', 'c', 'd'), { jobs: 2, play });
  all.catch(() => {});
  expect(await now()).toBe('a b');
  end('a', new Error('given up'));
  expect(await now()).toBe('b');
  end('b');
  expect(await now()).toBe('');
  await expect(all).rejects.toThrow('given up');
});

const say = ({ lesson: { id }, locale, depth, only }: PlannedPlay) => `${id} ${locale} ${depth} ${only?.join()}`;

test('the whole machine plays what the quick lab lacked, and one step of each lesson where it lacked nothing', async () => {
  const plans = planPlay(await tinyCourse(), { names: [] });
  const mixed = new MixedPlay(plans);
  const quick = plans.map(({ lesson: { id, steps }, locale }) => ({
    ...lesson(...steps.map((step) => named(step.id, id === 'files' && step === steps[1] ? 'not-run' : 'passed'))),
    ...{ lesson: id, locale },
  }));
  const rest = plans.map((plan, index) => mixed.afterQuick(plan, quick[index] as PlayedLesson));
  expect(rest.map((some) => some.map(say))).toEqual([
    ['files ko full count-lines'],
    ['files en walk count-lines'],
    [],
    ['processes ko walk start-sleep'],
  ]);
  const whole = rest.flat().map(({ lesson: { id }, locale, only = [] }) => ({
    ...lesson(...only.map((one) => named(one, 'passed'))),
    ...{ lesson: id, locale, lab: 'qemu' as const, isPart: true },
  }));
  const more = rest.flat().flatMap((plan, index) => mixed.afterWhole(plan, whole[index] as PlayedLesson));
  expect(more).toEqual([]);
  const about = { lab: 'container+qemu', at: '2026-01-01T00:00:00.000Z', ms: 1 };
  expect(summarize(joinPlays(quick, whole), about)).toMatchObject({ ok: true, counts: { failed: 0, 'not-run': 0 } });
  expect(summarize(joinPlays(quick, []), about).counts['not-run']).toBe(2);
});

test('what the whole machine cannot run either shows nothing: another step of the lesson does', async () => {
  const plans = planPlay(await tinyCourse(), { names: ['files'], locale: 'ko' });
  const [plan] = plans as [PlannedPlay];
  const mixed = new MixedPlay(plans);
  const [rest] = mixed.afterQuick(plan, lesson(named('make-file', 'passed'), named('count-lines', 'not-run')));
  if (!rest) throw new Error('nothing for the machine');
  expect(mixed.afterWhole(rest, lesson(named('count-lines', 'not-run'))).map(say)).toEqual(['files ko walk make-file']);
});

test('a lesson that begins with a broken network is walked whole on the machine, too', async () => {
  const plans = planPlay(await tinyCourse(), { names: ['files'], locale: 'ko' });
  const [plan] = plans.map((one) => ({ ...one, lesson: { ...one.lesson, start: 'two-gw' as const } }));
  if (!plan) throw new Error('no plan');
  const all = lesson(named('make-file', 'passed'), named('count-lines', 'passed'));
  expect(new MixedPlay([plan]).afterQuick(plan, all).map(say)).toEqual(['files ko walk make-file,count-lines']);
});

test('what failed and is played once more gives its rest to the machine once', async () => {
  const plans = planPlay(await tinyCourse(), { names: ['files'], locale: 'ko' });
  const [plan] = plans as [PlannedPlay];
  const mixed = new MixedPlay(plans);
  const lacking = lesson(named('make-file', 'failed'), named('count-lines', 'not-run'));
  mixed.expect(plan);
  expect(mixed.afterQuick(plan, lacking).map(say)).toEqual(['files ko full count-lines']);
  expect(mixed.afterQuick({ ...plan, isRepeat: true }, lacking)).toEqual([]);
});
