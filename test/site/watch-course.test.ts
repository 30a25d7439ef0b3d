import { EventEmitter } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { watchCourse } from '../../src/site/watch-course.ts';
import { until } from '../islands/support/until.ts';

afterEach(() => {
  vi.useRealTimers();
});

test('a second save of which the watcher says nothing is seen with the first', async () => {
  const watcher = new EventEmitter();
  const seen: string[] = [];
  let file = 'first';
  watchCourse(watcher, '/course', async () => void seen.push(file));
  watcher.emit('all', 'change', '/course/lesson.yaml');
  file = 'second';
  await until('the files are read', () => seen.length > 0 || undefined, { seen: () => seen });
  expect(seen).toEqual(['second']);
});

test('files elsewhere are nobody’s business, and two looks never run side by side', async () => {
  vi.useFakeTimers();
  const watcher = new EventEmitter();
  const gate = Promise.withResolvers<void>();
  let looks = 0;
  watchCourse(watcher, '/course', () => {
    looks += 1;
    return gate.promise;
  });
  const save = async (path: string) => {
    watcher.emit('all', 'change', path);
    await vi.advanceTimersByTimeAsync(1_000);
  };
  await save('/courses/lesson.yaml');
  expect(looks).toBe(0);
  await save('/course/a');
  await save('/course/b');
  expect(looks).toBe(1);
  gate.resolve();
  await vi.advanceTimersByTimeAsync(1);
  expect(looks).toBe(2);
});
