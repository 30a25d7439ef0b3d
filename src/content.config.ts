/** The site's collections: the pages of a course, and our words for the few of Starlight's own that are shown. */

import { defineCollection } from 'astro:content';
import { docsSchema, i18nSchema } from '@astrojs/starlight/schema';
import { locales } from './course/locales.ts';
import { t } from './i18n/t.ts';
import { createCourseLoader } from './site/course-loader.ts';
import { loadPublicCourse } from './site/load-public-course.ts';
import { parseSiteSettings } from './site/settings.ts';

const { courseFolder } = parseSiteSettings(process.env);

/** What Astro finds by this name. */
export const collections = {
  docs: defineCollection({
    loader: createCourseLoader(courseFolder, () => loadPublicCourse(courseFolder)),
    schema: docsSchema(),
  }),
  i18n: defineCollection({
    loader: () => locales.map((id) => ({ id, 'skipLink.label': t(id)['nav.skip'] })),
    schema: i18nSchema(),
  }),
};
