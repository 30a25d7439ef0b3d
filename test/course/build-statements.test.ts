import { expect, test } from 'vitest';
import { buildTiny, type Changes, filesLesson, replacing } from '../support/tiny-course.ts';

const notes = 'notes.yaml';
const processes = '20-second/10-processes';

async function issuesAfter(changes: Changes): Promise<readonly string[]> {
  const { issues } = await buildTiny(changes);
  return issues.map(({ rule, file, line }) => `${rule} ${file}:${line}`);
}

test('the statements of the notes belong to the course, word for word and with their corrections', async () => {
  const { course } = await buildTiny();
  expect(course?.statements.map(({ id, lines, verdict }) => `${id} ${lines} ${verdict}`)).toEqual([
    'N1 1 right',
    'N2 2 imprecise',
  ]);
  expect(course?.statements[1]?.correction?.ko).toContain('줄바꿈 문자');
});

test('a course without notes has no statements, and its lessons may name any', async () => {
  const { course, issues } = await buildTiny({ [notes]: null });
  expect(issues).toEqual([]);
  expect(course?.statements).toEqual([]);
});

test('a statement that is missing or there twice is named with the line', async () => {
  expect(
    await issuesAfter({
      [notes]: replacing('id: N2', 'id: N3'),
      [`${filesLesson}/lesson.yaml`]: replacing('[N1, N2]', '[N1]'),
    }),
  ).toEqual([`statement-gap ${notes}:7`]);
  expect(
    await issuesAfter({
      [notes]: replacing('id: N2', 'id: N1'),
      [`${filesLesson}/lesson.yaml`]: replacing('[N1, N2]', '[N1]'),
    }),
  ).toEqual([`duplicate-id ${notes}:7`]);
});

test('what is not right needs a correction in both languages, and what is right has none', async () => {
  expect(await issuesAfter({ [notes]: replacing('verdict: right', 'verdict: wrong') })).toEqual([
    `statement-without-correction ${notes}:6`,
  ]);
  expect(await issuesAfter({ [notes]: replacing('verdict: imprecise', 'verdict: right') })).toEqual([
    `correction-of-right ${notes}:11`,
  ]);
  expect(await issuesAfter({ [notes]: replacing("      ko: '`wc -l`은", "      kr: '`wc -l`은") })).toEqual(
    expect.arrayContaining([expect.stringMatching(/^schema notes\.yaml:1\d$/)]),
  );
});

test('a lesson that covers a statement which is not in the notes is named with its line', async () => {
  expect(await issuesAfter({ [`${filesLesson}/lesson.yaml`]: replacing('[N1, N2]', '[N1, N2, N9]') })).toEqual([
    `unknown-statement ${filesLesson}/lesson.yaml:10`,
  ]);
});

test('a variant for something that no lab can offer is named with its line', async () => {
  expect(
    await issuesAfter({
      [`${processes}/en.mdx`]: replacing('for="debian"', 'for="debain"'),
      [`${processes}/ko.mdx`]: replacing('for="debian"', 'for="debain"'),
    }),
  ).toEqual([`unknown-variant ${processes}/ko.mdx:20`, `unknown-variant ${processes}/en.mdx:20`]);
});

test('both languages carry the same commands for the same machines', async () => {
  expect(await issuesAfter({ [`${processes}/en.mdx`]: replacing('dpkg -l procps', 'dpkg -s procps') })).toEqual([
    `commands-differ ${processes}/en.mdx:25`,
  ]);
  expect(await issuesAfter({ [`${processes}/en.mdx`]: replacing('for="debian"', 'for="el8"') })).toEqual([
    `commands-differ ${processes}/en.mdx:25`,
  ]);
});
