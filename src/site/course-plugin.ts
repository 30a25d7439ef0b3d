/**
 * Vite plugin that gives pages the course as the module `virtual:tadak/course`, and reads it again when its YAML changes.
 * Knows nothing about pages.
 */
import type { Plugin } from 'vite';
import type { PublicCourse } from './public-course.ts';
import type { SiteSettings } from './settings.ts';

const publicId = 'virtual:tadak/course';
const resolvedId = `\0${publicId}`;

/** A course that is loaded once and again after `forget`. */
export interface CourseSource {
  get(): Promise<PublicCourse>;
  forget(): void;
}

/** Creates a source over a loading function. */
export function createCourseSource(load: () => Promise<PublicCourse>): CourseSource {
  let course: Promise<PublicCourse> | undefined;
  return {
    get: () => (course ??= load()),
    forget: () => {
      course = undefined;
    },
  };
}

/** Creates the plugin. */
export function createCoursePlugin(settings: SiteSettings, source: CourseSource): Plugin {
  return {
    name: 'tadak-course',
    resolveId: (id) => (id === publicId ? resolvedId : undefined),
    async load(id) {
      if (id !== resolvedId) return;
      return `export const course = ${JSON.stringify(await source.get())};`;
    },
    configureServer(server) {
      server.watcher.add(settings.courseFolder);
      server.watcher.on('change', (path) => {
        if (!path.startsWith(`${settings.courseFolder}/`) || !path.endsWith('.yaml')) return;
        source.forget();
        void server.restart();
      });
    },
  };
}
