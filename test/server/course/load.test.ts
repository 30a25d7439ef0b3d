import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { loadCourse } from '../../../server/course/load.ts';
import { tinyFolder } from '../../support/tiny-course.ts';

test('a course is named after its folder', async () => {
  const { course, issues } = await loadCourse(tinyFolder);
  expect([course?.id, issues]).toEqual(['tiny', []]);
});

test('a folder that does not exist is one sentence that says which and how to name the right one', async () => {
  await expect(loadCourse('/nowhere/at-all')).rejects.toMatchObject({
    code: 'course-not-found',
    sentence: { ko: expect.stringContaining('/nowhere/at-all'), en: expect.stringContaining('--course') },
  });
});

test('every script of the shipped course can be run and every text exists in both languages', async () => {
  const folder = fileURLToPath(new URL('../../../content/docker', import.meta.url));
  const { course, issues } = await loadCourse(folder);
  const errors = issues.filter((issue) => issue.severity === 'error');
  expect(errors).toEqual([]);
  expect(course?.chapters.length).toBeGreaterThan(0);
});
