import { expect, test } from 'vitest';
import { SizeTrail } from '../../../server/session/size-trail.ts';

const wide = { cols: 120, rows: 30 };
const narrow = { cols: 40, rows: 10 };

test('every byte has the size that it was printed in, and a size that nothing was printed in leaves no trace', () => {
  const trail = new SizeTrail({ cols: 80, rows: 24 });
  trail.note(0, wide);
  trail.note(10, { cols: 99, rows: 9 });
  trail.note(10, narrow);
  expect([0, 9, 10, 99].map((seq) => trail.at(seq))).toEqual([wide, wide, narrow, narrow]);
  expect([0, 9, 10].map((seq) => trail.nextAfter(seq))).toEqual([10, 10, undefined]);
  expect(trail.start).toBe(0);
});

test('a window that is dragged for minutes costs no more memory, and what is forgotten is known to be', () => {
  const trail = new SizeTrail(wide);
  for (let at = 1; at <= 5000; at += 1) trail.note(at, at % 2 === 0 ? wide : narrow);
  expect(trail.start).toBe(4901);
  expect(trail.at(4901)).toEqual(narrow);
});
