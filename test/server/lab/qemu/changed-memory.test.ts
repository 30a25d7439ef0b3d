/** Pages that changed, in runs. */
import { expect, test } from 'vitest';
import { gatherRuns } from '../../../../server/lab/qemu/changed-memory.ts';

const runsOf = (pages: readonly number[]) => gatherRuns(64, (page) => pages.includes(page));

test('neighbours are one run, small gaps are closed, large ones are not', () => {
  expect(runsOf([])).toEqual([]);
  expect(runsOf([0])).toEqual([{ first: 0, count: 1 }]);
  expect(runsOf([3, 4, 5])).toEqual([{ first: 3, count: 3 }]);
  expect(runsOf([3, 12])).toEqual([{ first: 3, count: 10 }]);
  expect(runsOf([3, 13])).toEqual([
    { first: 3, count: 1 },
    { first: 13, count: 1 },
  ]);
  expect(runsOf([62, 63])).toEqual([{ first: 62, count: 2 }]);
});
