/** The last good course stays while its files are broken; whoever wants to know hears of every change, once. */
import { expect, test } from 'vitest';
import type { ExaminedFolder } from '../../../server/course/examine-folder.ts';
import { type CourseProblems, createCourseKeeper } from '../../../server/preview/course-keeper.ts';
import type { Course } from '../../../src/course/model.ts';
import { problem } from '../../../src/course/problems.ts';
import { tinyCourse } from '../../support/tiny-course.ts';

const broken = problem('missing-file', { file: 'lesson.yaml' }, { path: 'lesson.yaml' });
const open = problem('check-without-reset', { file: 'lesson.yaml' }, { id: 'a', path: 'reset.sh' });

/** A keeper over folders that come one after the other. */
async function keep(folders: readonly (Partial<ExaminedFolder> | Error)[]) {
  const told: { courses: Course[]; problems: CourseProblems[] } = { courses: [], problems: [] };
  let at = 0;
  const examine = async (): Promise<ExaminedFolder> => {
    const folder = folders[Math.min(at++, folders.length - 1)] ?? {};
    if (folder instanceof Error) throw folder;
    return { source: new Map(), issues: [], lint: [], ...folder };
  };
  const keeper = createCourseKeeper(examine, {
    onCourse: (course) => told.courses.push(course),
    onProblems: (problems) => told.problems.push(problems),
  });
  return { keeper, told, looks: () => at };
}

test('a broken course changes nothing but the problems; a mended one takes its place', async () => {
  const [first, second] = [await tinyCourse(), { ...(await tinyCourse()), title: { ko: '둘째', en: 'Second' } }];
  const half = { ...first, chapters: [] };
  const folders = [
    { course: first },
    { course: half, issues: [broken], lint: [open] },
    { course: second, lint: [open] },
  ];
  const { keeper, told } = await keep(folders);
  await keeper.refresh();
  await keeper.refresh();
  expect(keeper.course).toBe(first);
  expect(keeper.problems).toEqual({ blocking: [broken], open: [] });
  await keeper.refresh();
  expect(told.courses).toEqual([first, second]);
  expect(told.problems).toEqual([
    { blocking: [broken], open: [] },
    { blocking: [], open: [open] },
  ]);
});

test('the same files again are no news', async () => {
  const { keeper, told } = await keep([{ course: await tinyCourse() }, { course: await tinyCourse() }]);
  await keeper.refresh();
  await keeper.refresh();
  expect([told.courses.length, told.problems.length]).toEqual([1, 0]);
});

test('saves during a look are answered by one more look; a folder that cannot be read keeps everything', async () => {
  const { keeper, told, looks } = await keep([{ course: await tinyCourse() }, new Error('being written'), {}]);
  await keeper.refresh();
  const results = await Promise.allSettled([keeper.refresh(), keeper.refresh(), keeper.refresh()]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(looks()).toBe(3);
  expect(told.courses.length).toBe(1);
});
