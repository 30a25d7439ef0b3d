import { expect, test } from 'vitest';
import { clockTime } from '../../src/islands/clock-time.ts';
import { fitFont, fontLimits } from '../../src/islands/watch/fit-font.ts';

test('letters grow and shrink to what the owner’s screen needs, within limits', () => {
  const used = { width: 800, height: 400 };
  expect(fitFont(14, used, { width: 800, height: 400 })).toBe(14);
  expect(fitFont(14, used, { width: 1000, height: 460 })).toBe(16);
  expect(fitFont(14, used, { width: 640, height: 900 })).toBe(11);
  expect(fitFont(14, used, { width: 300, height: 300 })).toBe(fontLimits.least);
  expect(fitFont(14, used, { width: 4000, height: 4000 })).toBe(fontLimits.most);
  // Not drawn yet, or hidden.
  expect(fitFont(14, { width: 0, height: 0 }, { width: 800, height: 400 })).toBe(14);
  expect(fitFont(14, used, { width: 0, height: 0 })).toBe(14);
});

test('a moment of today is a time; another has its day', () => {
  const now = new Date(2026, 10, 29, 10, 0).getTime();
  expect(clockTime(new Date(2026, 10, 29, 18, 5).getTime(), 'en', now)).toMatch(/^6:05\sPM$/);
  expect(clockTime(new Date(2026, 10, 29, 18, 5).getTime(), 'ko', now)).toBe('오후 6:05');
  expect(clockTime(new Date(2026, 10, 30, 1, 5).getTime(), 'en', now)).toMatch(/^Nov 30, 1:05\sAM$/);
  expect(clockTime(new Date(2026, 10, 30, 1, 5).getTime(), 'ko', now)).toMatch(/^11월 30일 오전 1:05$/);
});
