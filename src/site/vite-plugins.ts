/**
 * Every Vite plugin of the site, in the order they must run.
 * Knows nothing about Starlight.
 */
import type { Plugin, Rolldown } from 'vite';
import { type CourseSource, createCoursePlugin } from './course-plugin.ts';
import { createProsePlugin } from './prose-plugin.ts';
import type { SiteSettings } from './settings.ts';

/** The plugins: texts are prepared before MDX sees them. */
export function buildVitePlugins(settings: SiteSettings, source: CourseSource): Plugin[] {
  return [createProsePlugin(settings, source.get), createCoursePlugin(settings, source)];
}

/** Passes every message of the bundler on but one: MDX marks its modules for Astro in a way that is always reported. */
export const passLog: NonNullable<Rolldown.InputOptions['onLog']> = (level, log, handler) => {
  if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handler(level, log);
};
