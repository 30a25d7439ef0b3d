/**
 * Vite plugin for the course's texts: prepares every .mdx of the course folder and lets a folder outside the project
 * find the project's packages. Knows nothing about what the texts say.
 */
import { basename, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { isLocale } from '../course/locales.ts';
import { prepareProse } from './prose-source.ts';
import type { PublicCourse } from './public-course.ts';
import type { SiteSettings } from './settings.ts';

const componentNames = ['Step', 'Quiz', 'Note', 'Fix', 'Diagram', 'Variants', 'Variant'] as const;

/** Creates the plugin; `course` is asked for on every text, so that a reload sees the newest addresses. */
export function createProsePlugin(settings: SiteSettings, course: () => Promise<PublicCourse>): Plugin {
  const isCourseFile = (id: string) => id.startsWith(`${settings.courseFolder}/`);
  const components = Object.fromEntries(
    componentNames.map((name) => [name, resolve(settings.rootFolder, `src/components/course/${name}.astro`)]),
  );
  return {
    name: 'tadak-prose',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      const isBare = /^[@a-z]/i.test(source) && !source.includes(':');
      if (!importer || !isBare || !isCourseFile(importer)) return;
      return this.resolve(source, resolve(settings.rootFolder, 'astro.config.mjs'), { ...options, skipSelf: true });
    },
    async transform(code, id) {
      const locale = basename(id, '.mdx');
      if (!isCourseFile(id) || !id.endsWith('.mdx') || !isLocale(locale)) return;
      return { code: prepareProse(code, { locale, addresses: (await course()).addresses, components }), map: null };
    },
  };
}
