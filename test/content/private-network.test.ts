/** The docker course with `network: private`: it loads, and no page says that its labs have the class's public addresses. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readCourseFolder } from '../../server/course/read-course-folder.ts';
import { buildAddresses } from '../../src/course/addresses.ts';
import { buildCourse } from '../../src/course/build-course.ts';
import { type Locale, locales } from '../../src/course/locales.ts';
import type { CourseSource } from '../../src/course/source.ts';
import { prepareProse } from '../../src/site/prose-source.ts';

const folder = fileURLToPath(new URL('../../content/docker', import.meta.url));

/** The course's files, with another network in course.yaml. */
async function readPrivate(): Promise<CourseSource> {
  const files = new Map(await readCourseFolder(folder));
  const settings = files.get('course.yaml');
  if (!settings) throw new Error('no course.yaml');
  const text = settings.text.replace(/^network: .*$/m, 'network: private');
  files.set('course.yaml', { ...settings, text });
  return files;
}

/** Paragraphs of a page as the private preset shows them, without the quoted notes. */
function readParagraphs(text: string, locale: Locale): string[] {
  const shown = prepareProse(text, { locale, addresses: buildAddresses('private'), components: {} });
  return shown.replace(/^<Note [\s\S]*?^<\/Note>$/gm, '').split(/\n{2,}/);
}

/** The condition under which the lab may be said to have the class's addresses; what speaks of the lab at all. */
const isConditional = /213으로 시작한다면|starts? with 213/;
const isAboutTheLab = /실습 머신|연습|여기서도|practice machine|exercises|this lab|inside the lab|here it/i;

test('the course loads, and follows the preset', async () => {
  const { course, issues } = buildCourse('docker', await readPrivate());
  expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(course?.addresses).toEqual(buildAddresses('private'));
});

test.for(locales)('pages say only under a condition that the lab has public addresses (%s)', async (locale) => {
  const pages = [...(await readPrivate())].filter(([path]) => path.endsWith(`${locale}.mdx`));
  expect(pages).toHaveLength(15);
  const paragraphs = pages.flatMap(([path, { text }]) =>
    readParagraphs(text, locale).map((paragraph) => ({ path, paragraph })),
  );
  const spoken = paragraphs.filter(({ paragraph }) => /\b213\b/.test(paragraph) && isAboutTheLab.test(paragraph));
  expect(spoken.filter(({ paragraph }) => !isConditional.test(paragraph))).toEqual([]);
  expect(spoken.length).toBeGreaterThanOrEqual(3);
});

test('no script has an address of the class in it', async () => {
  const scripts = [...(await readPrivate())].filter(([path]) => path.endsWith('.sh'));
  expect(scripts.filter(([, { text }]) => text.includes('213.0.11')).map(([path]) => path)).toEqual([]);
});
