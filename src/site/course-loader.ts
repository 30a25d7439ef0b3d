/**
 * Content loader: the course's .mdx files become the pages of the site, with titles from its YAML files.
 * Knows nothing about how a page looks.
 */
import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { glob, type Loader } from 'astro/loaders';
import { defaultLocale, type Locale, locales } from '../course/locales.ts';
import { plainText } from '../i18n/rich-text.ts';
import { type PublicCourse, publicLessonsOf } from './public-course.ts';

/** One page: its file below the course folder, its id (URL without slashes) and its front matter. */
export interface CoursePage {
  readonly file: string;
  readonly id: string;
  readonly data: Readonly<Record<string, unknown>>;
}

function pageId(locale: Locale, path: string): string {
  const id = [locale === defaultLocale ? '' : locale, path].filter((part) => part !== '').join('/');
  return id === '' ? 'index' : id;
}

/** Every page of a course in every language. */
export function buildCoursePages(course: PublicCourse): readonly CoursePage[] {
  return locales.flatMap((locale) => [
    {
      file: `${locale}.mdx`,
      id: pageId(locale, ''),
      data: {
        title: plainText(course.title[locale]),
        description: plainText(course.summary[locale]),
        template: 'splash',
        hero: {},
      },
    },
    ...publicLessonsOf(course).map((lesson) => ({
      file: `${lesson.folder}/${locale}.mdx`,
      id: pageId(locale, `${lesson.chapter}/${lesson.id}`),
      data: { title: plainText(lesson.title[locale]), description: plainText(lesson.summary[locale]) },
    })),
  ]);
}

/** Creates the loader of the course in `courseFolder`. */
export function createCourseLoader(courseFolder: string, load: () => Promise<PublicCourse>): Loader {
  return {
    name: 'tadak-course',
    async load(context) {
      const pages = buildCoursePages(await load());
      const pageByFile = new Map(pages.map((page) => [page.file, page]));
      const dataById = new Map(pages.map((page) => [page.id, page.data]));
      const state = createHash('sha256')
        .update(JSON.stringify([courseFolder, pages]))
        .digest('hex');
      const files = glob({
        base: pathToFileURL(`${courseFolder}/`),
        pattern: pages.map((page) => page.file),
        generateId: ({ entry }) => pageByFile.get(entry)?.id ?? entry,
      });
      await files.load({
        ...context,
        generateDigest: (contents) => context.generateDigest(`${state}${JSON.stringify(contents)}`),
        parseData: (props) =>
          context.parseData({ ...props, data: { ...dataById.get(props.id), ...props.data } as typeof props.data }),
      });
    },
  };
}
