/** The site's one collection: the pages of a course. */

import { defineCollection } from 'astro:content';
import { docsSchema } from '@astrojs/starlight/schema';
import { createCourseLoader } from './site/course-loader.ts';
import { loadPublicCourse } from './site/load-public-course.ts';
import { parseSiteSettings } from './site/settings.ts';

const { courseFolder } = parseSiteSettings(process.env);

export const collections = {
  docs: defineCollection({
    loader: createCourseLoader(courseFolder, () => loadPublicCourse(courseFolder)),
    schema: docsSchema(),
  }),
};
