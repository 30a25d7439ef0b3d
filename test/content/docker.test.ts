/** The docker course as it stands in content/: complete, in both languages, and with quizzes that grade as meant. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { gradeQuiz } from '../../server/check/grade-quiz.ts';
import { readTags } from '../../server/cli/lint.ts';
import { lintFolder } from '../../server/course/lint-folder.ts';
import { loadCourse } from '../../server/course/load.ts';
import { locales } from '../../src/course/locales.ts';
import { type Course, lessonsOf } from '../../src/course/model.ts';

const folder = fileURLToPath(new URL('../../content/docker', import.meta.url));

/** Statements of the class notes that are not simply right; each needs a correction where it is taught. */
const needCorrection = new Set(
  [3, 6, 7, 11, 13, 15, 16, 17, 18, 20, 21, 22, 24, 26, 27, 28, 30, 31, 34, 37, 42, 44, 46, 47, 49, 53, 54, 55]
    .concat([58, 60, 61, 63, 66, 67, 69, 70, 72, 74, 75, 76, 79, 80, 82, 83, 85, 86, 87, 88, 90, 91, 92, 93])
    .concat([94, 95, 96, 97, 98, 99, 101, 104, 105, 106, 107])
    .map((number) => `N${number}`),
);

async function loadDocker(): Promise<Course> {
  const { course, issues } = await loadCourse(folder);
  expect(issues.filter((issue) => issue.severity === 'error')).toEqual([]);
  if (!course) throw new Error('the course did not load');
  return course;
}

test('lint finds nothing to mend', async () => {
  const issues = await lintFolder(folder, { tags: await readTags() });
  expect(issues.map(({ file, line, message }) => `${file}:${line ?? ''} ${message.en}`)).toEqual([]);
});

test('every statement of the notes that is not simply right is corrected where it is taught', async () => {
  const course = await loadDocker();
  for (const lesson of lessonsOf(course)) {
    for (const locale of locales) {
      const prose = readFileSync(`${folder}/${lesson.folder}/${locale}.mdx`, 'utf8');
      const corrected = [...prose.matchAll(/^<Fix n="(N\d+)">$/gm)].map((match) => match[1]);
      const wanted = lesson.covers.filter((statement) => needCorrection.has(statement));
      expect([...corrected].sort(), `${lesson.id} ${locale}`).toEqual([...wanted].sort());
    }
  }
});

const answers: readonly (readonly [string, string, string, 'correct' | 'incorrect', RegExp])[] = [
  ['basic-settings', 'apply-profile', 'nmcli connection up ens33', 'correct', /reapply/],
  ['basic-settings', 'apply-profile', 'nmcli  con up id ens33', 'correct', /reapply/],
  ['basic-settings', 'apply-profile', 'nmcli d reapply ens33', 'correct', /reapply/],
  ['basic-settings', 'apply-profile', 'nmcli con down ens33 && nmcli con up ens33', 'incorrect', /cuts off/],
  ['basic-settings', 'apply-profile', 'systemctl restart NetworkManager', 'incorrect', /restart the service/],
  ['basic-settings', 'apply-profile', 'nmcli con modify ens33', 'incorrect', /only edits/],
  ['basic-settings', 'apply-profile', 'ifup ens33', 'incorrect', /nmcli/],
  ['container-life', 'run-db', 'docker run -d --name db lab/web:1.0', 'correct', /any order/],
  ['container-life', 'run-db', 'docker run --name=db --detach lab/web:1.0', 'correct', /any order/],
  ['container-life', 'run-db', 'docker container run -dit --name db lab/web:1.0', 'correct', /any order/],
  ['container-life', 'run-db', 'docker run name db -d lab/web:1.0', 'incorrect', /Without hyphens/],
  ['container-life', 'run-db', 'docker run -d -name db lab/web:1.0', 'incorrect', /has two/],
  ['container-life', 'run-db', 'docker run lab/web:1.0 -d --name db', 'incorrect', /before the image/],
  ['container-life', 'run-db', 'docker run -d --name db lab/web', 'incorrect', /latest/],
  ['container-life', 'run-db', 'docker run --name db lab/web:1.0', 'incorrect', /background/],
  ['kernel', 'inside-pid', '1', 'correct', /namespace/],
  ['kernel', 'inside-pid', '4711', 'incorrect', /outside/],
  ['kernel', 'inside-pid', '0', 'incorrect', /no process/],
];

test.for(answers)('%s %s: "%s" is %s', async ([lessonId, id, answer, outcome, message]) => {
  const course = await loadDocker();
  const lesson = lessonsOf(course).find((candidate) => candidate.id === lessonId);
  const question = lesson?.questions.find((candidate) => candidate.id === id);
  if (!lesson || !question) throw new Error(`no question ${lessonId}/${id}`);
  const graded = await gradeQuiz({ course, lesson, question, answer, signal: AbortSignal.timeout(5000) });
  expect(graded.outcome).toBe(outcome);
  expect(graded.message?.en).toMatch(message);
});
