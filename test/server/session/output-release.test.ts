import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OutputRelease } from '../../../server/session/output-release.ts';

/** What a kernel hands over at once in a flood. */
const fullRead = 4095;

let printed: number;
let isShort: boolean;
let sentTo: number[];
let release: OutputRelease;

beforeEach(() => {
  vi.useFakeTimers();
  printed = 0;
  isShort = false;
  sentTo = [];
  release = new OutputRelease({
    printedTo: () => printed,
    isAnyoneShort: () => isShort,
    send: () => sentTo.push(release.releasedTo),
  });
});
afterEach(() => void vi.useRealTimers());

function print(bytes: number, times = 1): void {
  for (let time = 0; time < times; time += 1) {
    printed += bytes;
    release.handleOutput(bytes);
  }
}

test('an echo goes out in the turn in which it was read, without a timer', () => {
  print(1);
  expect(sentTo).toEqual([1]);
});

test('small outputs go out one by one as they are read, and nothing is left waiting', () => {
  print(1);
  print(20, 3);
  expect(sentTo).toEqual([1, 21, 41, 61]);
  expect(vi.getTimerCount()).toBe(0);
});

test('a flood goes out in whole frames while every viewer has enough to render', () => {
  print(fullRead, 40);
  expect(sentTo).toEqual([fullRead, 18 * fullRead, 35 * fullRead]);
  vi.advanceTimersByTime(2);
  expect(sentTo.at(-1)).toBe(40 * fullRead);
});

test('what is being gathered is released to nobody', () => {
  print(fullRead, 3);
  expect(release.releasedTo).toBe(fullRead);
  vi.advanceTimersByTime(2);
  expect(release.releasedTo).toBe(3 * fullRead);
});

test('a viewer that is about to wait for more gets every full read at once', () => {
  isShort = true;
  print(fullRead, 3);
  expect(sentTo).toEqual([fullRead, 2 * fullRead, 3 * fullRead]);
});

test('many small reads are gathered even for a viewer that waits: a message for each would cost more', () => {
  isShort = true;
  print(fullRead);
  print(100, 50);
  expect(sentTo).toEqual([fullRead]);
  vi.advanceTimersByTime(2);
  expect(sentTo).toEqual([fullRead, fullRead + 5000]);
});

test('after a quiet moment the next output goes at once again', () => {
  print(fullRead, 2);
  vi.advanceTimersByTime(10);
  print(1);
  expect(sentTo.at(-1)).toBe(2 * fullRead + 1);
});
