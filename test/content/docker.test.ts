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

test('the notes are there from N1 to N107, and every line of theirs belongs to a statement', async () => {
  const { statements } = await loadDocker();
  expect(statements.map(({ id }) => id)).toEqual(Array.from({ length: 107 }, (_, index) => `N${index + 1}`));
  const places = statements.map(({ lines }) => lines.split('-').map(Number));
  expect(places.map(([first]) => first)).toEqual(places.map(([first]) => first).sort((a = 0, b = 0) => a - b));
  expect(statements.filter(({ verdict }) => verdict === 'right')).toHaveLength(44);
});

test('statements quote the notes with the words that the lessons quote', async () => {
  const course = await loadDocker();
  const fold = (text: string) => text.replace(/\s+/g, ' ').trim();
  const differing: string[] = [];
  for (const lesson of lessonsOf(course)) {
    const prose = readFileSync(`${folder}/${lesson.folder}/ko.mdx`, 'utf8');
    for (const [, lines = '', quoted = ''] of prose.matchAll(/^<Note lines="([\d-]+)">\n([\s\S]*?)^<\/Note>/gm)) {
      const [first = 0, last = first] = lines.split('-').map(Number);
      for (const { id, lines: own, text } of course.statements) {
        const [from = 0, to = from] = own.split('-').map(Number);
        if (first <= from && to <= last && !fold(quoted).includes(fold(text))) differing.push(`${lesson.id} ${id}`);
      }
    }
  }
  expect(differing).toEqual([]);
});

test('every statement of the notes that is not simply right is corrected where it is taught', async () => {
  const course = await loadDocker();
  const needCorrection = new Set(course.statements.filter(({ verdict }) => verdict !== 'right').map(({ id }) => id));
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
  ['two-gateways', 'which-way', 'ip route get 10.9.8.7', 'correct', /own decision/],
  ['two-gateways', 'which-way', 'ip r g 10.9.8.7', 'correct', /own decision/],
  ['two-gateways', 'which-way', 'ip -4 route get to 10.9.8.7', 'correct', /own decision/],
  ['two-gateways', 'which-way', 'ip route show 10.9.8.7', 'incorrect', /`get`/],
  ['two-gateways', 'which-way', 'ip route', 'incorrect', /`get`/],
  ['two-gateways', 'which-way', 'traceroute 10.9.8.7', 'incorrect', /sends packets/],
  ['two-gateways', 'which-way', 'ping -c 1 10.9.8.7', 'incorrect', /not which way/],
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
