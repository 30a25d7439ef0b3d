import { expect, test } from 'vitest';
import type { LabProgress, Waiting } from '../../../server/lab/lab.ts';
import { SharedWork } from '../../../server/lab/shared-work.ts';

const never = new AbortController().signal;
const step = (fraction: number): LabProgress => ({ label: { ko: '하는 중', en: 'Working' }, fraction });

/** Work that a test ends by hand. */
function createWork() {
  const begun: { waiting: Waiting; resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const end = new AbortController();
  const run = (waiting: Waiting) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    begun.push({ waiting, resolve, reject });
    return promise;
  };
  return { begun, end, work: new SharedWork(run, end.signal) };
}

function wait(work: SharedWork<string>, signal = never) {
  const fractions: number[] = [];
  return { fractions, outcome: work.wait({ signal, onProgress: ({ fraction }) => void fractions.push(fraction) }) };
}

test('several who wait share one piece of work, and who comes later sees how far it is', async () => {
  const { begun, work } = createWork();
  const first = wait(work);
  begun[0]?.waiting.onProgress(step(0.5));
  const second = wait(work);
  begun[0]?.waiting.onProgress(step(0.75));
  begun[0]?.resolve('done');
  expect(await Promise.all([first.outcome, second.outcome])).toEqual(['done', 'done']);
  expect([first.fractions, second.fractions]).toEqual([
    [0.5, 0.75],
    [0.5, 0.75],
  ]);
  const late = wait(work);
  expect(await late.outcome).toBe('done');
  expect(late.fractions).toEqual([]);
  expect(begun).toHaveLength(1);
});

test('who goes away leaves the work to the others', async () => {
  const { begun, work } = createWork();
  const abort = new AbortController();
  const [leaving, staying] = [wait(work, abort.signal), wait(work)];
  abort.abort(new Error('gone'));
  await expect(leaving.outcome).rejects.toThrow('gone');
  expect(begun[0]?.waiting.signal.aborted).toBe(false);
  begun[0]?.resolve('done');
  expect(await staying.outcome).toBe('done');
});

test('after a failure the next one to come tries again', async () => {
  const { begun, work } = createWork();
  const first = wait(work);
  begun[0]?.reject(new Error('no space'));
  await expect(first.outcome).rejects.toThrow('no space');
  const second = wait(work);
  begun[1]?.resolve('done');
  expect(await second.outcome).toBe('done');
});

test('it ends with its owner, who can wait until nothing is under way', async () => {
  const { begun, end, work } = createWork();
  const waiting = wait(work);
  end.abort(new Error('shutting down'));
  expect(begun[0]?.waiting.signal.aborted).toBe(true);
  begun[0]?.reject(new Error('shutting down'));
  await work.settled();
  await expect(waiting.outcome).rejects.toThrow('shutting down');
});
