/** The docker course as it stands in content/: complete, in both languages, and with quizzes that grade as meant. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { gradeQuiz } from '../../server/check/grade-quiz.ts';
import { loadCourse } from '../../server/course/load.ts';
import { locales } from '../../src/course/locales.ts';
import { type Course, lessonsOf, type Script } from '../../src/course/model.ts';

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

function scriptsOf(course: Course): readonly Script[] {
  return lessonsOf(course).flatMap((lesson) => [
    ...(lesson.setup ? [lesson.setup] : []),
    ...Object.values(lesson.questionScripts),
    ...lesson.steps.flatMap((step) => [
      ...[step.setup, step.check, step.solve, step.reset].filter((script) => script !== undefined),
      ...Object.values(step.askScripts),
      ...Object.values(step.wrong),
    ]),
  ]);
}

test('every checked step has a solution and a reset, and every hint a wrong turn that leads to it', async () => {
  const course = await loadDocker();
  expect(lessonsOf(course).length).toBeGreaterThan(0);
  for (const lesson of lessonsOf(course)) {
    for (const step of lesson.steps) {
      const place = `${lesson.id}/${step.id}`;
      expect(step.solve, place).toBeDefined();
      if (step.check) expect(step.reset, place).toBeDefined();
      expect(Object.keys(step.wrong).sort(), place).toEqual(Object.keys(step.hints).sort());
    }
  }
});

test('every script of the course is valid bash once the addresses are filled in', async () => {
  const course = await loadDocker();
  const scripts = [course.checkLibrary, ...Object.values(course.startScripts), ...scriptsOf(course)];
  // One bash for all of them: a hundred would take half a minute on a busy machine. The line tells which one it was.
  const input = scripts.map(({ path, text }) => `: '${path}'\nscript() {\n${text}\n}\n`).join('');
  const { status, stderr } = spawnSync('bash', ['-n'], { input, encoding: 'utf8' });
  const line = Number(/line (\d+)/.exec(stderr)?.[1] ?? 0);
  const before = input.split('\n').slice(0, line);
  const at = before.findLast((text) => text.startsWith(": '"));
  expect({ status, stderr, at: status === 0 ? undefined : at }).toEqual({ status: 0, stderr: '', at: undefined });
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
  ['prepare-install', 'repository-id', 'yum -q repolist', 'correct', /--all/],
  ['prepare-install', 'repository-id', 'dnf repolist --enabled', 'correct', /--all/],
  ['prepare-install', 'repository-id', 'ls /etc/yum.repos.d', 'incorrect', /Ask dnf/],
  ['prepare-install', 'repository-id', 'rpm -qa', 'incorrect', /installed packages/],
  ['prepare-install', 'repository-id', 'dnf list', 'incorrect', /begins with/],
  ['install-docker', 'now-and-at-boot', 'systemctl enable --now docker', 'correct', /symlink/],
  ['install-docker', 'now-and-at-boot', 'systemctl --now enable docker.service', 'correct', /symlink/],
  ['install-docker', 'now-and-at-boot', 'systemctl start docker', 'incorrect', /reboot/],
  ['install-docker', 'now-and-at-boot', 'systemctl enable docker', 'incorrect', /now/],
  ['install-docker', 'now-and-at-boot', 'service docker start', 'incorrect', /systemctl/],
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
