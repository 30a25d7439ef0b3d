/** `tadak new lesson` as an author runs it: what it writes is clean and proven at once, and nothing is overwritten. */
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tinyFolder } from '../../support/tiny-course.ts';
import { createTemporaryFolder, runToEnd } from '../run-cli.ts';

test('a new lesson passes lint and is proven in both languages as it is', async () => {
  using folder = createTemporaryFolder();
  const course = join(folder.path, 'tiny');
  cpSync(tinyFolder, course, { recursive: true });
  const own = ['--course', course, '--lab', 'local', '--data', join(folder.path, 'data')];
  const made = await runToEnd(['new', 'lesson', 'first/links', '--title-ko', '링크', '--title-en', 'Links', ...own]);
  expect(made.code, made.printed).toBe(0);
  expect(made.printed).toContain(`npm run play -- links --course ${course}`);
  const lesson = join(course, '10-first/20-links');
  expect(readFileSync(join(lesson, 'lesson.yaml'), 'utf8')).toMatch(
    /^# yaml-language-server: \$schema=(?:\.\.\/)+.*docs\/schema\/lesson\.schema\.json\ntitle: \{ ko: "링크", en: "Links" \}/,
  );
  const lint = await runToEnd(['lint', ...own]);
  expect(lint).toMatchObject({ code: 0, printed: 'The course has no problems.\n' });
  const proven = await runToEnd(['play', 'links', ...own]);
  expect(proven.code, proven.printed).toBe(0);
  expect(proven.printed).toContain('✓ links/first-file (ko)');
  expect(proven.printed).toContain('✓ links/first-file (en)');
}, 240_000);

test('a refused name ends with 2 in the reader’s language, and nothing is written', async () => {
  using folder = createTemporaryFolder();
  const course = join(folder.path, 'tiny');
  cpSync(tinyFolder, course, { recursive: true });
  const before = readdirSync(course, { recursive: true }).sort();
  const refused = await runToEnd(['new', 'lesson', 'nowhere/links', '--course', course, '--lang', 'ko']);
  expect(refused.code).toBe(2);
  expect(refused.printed).toContain('챕터 "nowhere"가 없어요(있는 챕터: first, second)');
  expect((await runToEnd(['new', 'chapter', 'x', '--course', course])).code).toBe(2);
  expect((await runToEnd(['new', 'lesson', 'first/files', '--course', course])).printed).toContain('already');
  expect(readdirSync(course, { recursive: true }).sort()).toEqual(before);
  expect(existsSync(join(course, '10-first/20-files'))).toBe(false);
}, 60_000);
