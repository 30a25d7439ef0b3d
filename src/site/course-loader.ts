/**
 * Content loader: the course's .mdx files become the pages of the site, with titles from its YAML files.
 * Knows nothing about how a page looks.
 */
import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { glob, type Loader, type LoaderContext } from 'astro/loaders';
import { defaultLocale, type Locale, locales } from '../course/locales.ts';
import { plainText } from '../i18n/rich-text.ts';
import { type PublicCourse, publicLessonsOf } from './public-course.ts';
import { watchCourse } from './watch-course.ts';

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

/** The pages by what they are looked up by, and a text that changes with any of them. */
interface PageIndex {
  readonly pages: readonly CoursePage[];
  readonly byFile: ReadonlyMap<string, CoursePage>;
  readonly dataById: ReadonlyMap<string, CoursePage['data']>;
  readonly state: string;
}

function indexPages(pages: readonly CoursePage[], courseFolder: string): PageIndex {
  return {
    pages,
    byFile: new Map(pages.map((page) => [page.file, page])),
    dataById: new Map(pages.map((page) => [page.id, page.data])),
    state: createHash('sha256')
      .update(JSON.stringify([courseFolder, pages]))
      .digest('hex'),
  };
}

/** Creates the loader of the course in `courseFolder`. */
export function createCourseLoader(courseFolder: string, load: () => Promise<PublicCourse>): Loader {
  return {
    name: 'tadak-course',
    async load(context) {
      // Texts that change later are read with the titles of that moment, so what is looked up must not be a constant.
      let index = indexPages(buildCoursePages(await load()), courseFolder);
      const loadFiles = (watcher: LoaderContext['watcher']) => {
        const files = glob({
          base: pathToFileURL(`${courseFolder}/`),
          pattern: index.pages.map((page) => page.file),
          generateId: ({ entry }) => index.byFile.get(entry)?.id ?? entry,
        });
        return files.load({
          ...withoutWatcher(context),
          ...(watcher ? { watcher } : {}),
          generateDigest: (contents) => context.generateDigest(`${index.state}${JSON.stringify(contents)}`),
          parseData: (props) =>
            context.parseData({
              ...props,
              data: { ...index.dataById.get(props.id), ...props.data } as typeof props.data,
            }),
        });
      };
      await loadFiles(context.watcher);
      if (!context.watcher) return;
      watchCourse(context.watcher, courseFolder, async () => {
        // While the course is broken its last good titles stay.
        const course = await load().catch(() => undefined);
        const fresh = course && indexPages(buildCoursePages(course), courseFolder);
        if (!fresh || fresh.state === index.state) return;
        index = fresh;
        await loadFiles(undefined);
      });
    },
  };
}

function withoutWatcher({ watcher: _watcher, ...rest }: LoaderContext): Omit<LoaderContext, 'watcher'> {
  return rest;
}
