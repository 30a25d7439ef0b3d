/**
 * What a build of the site is told from outside: which course, and where to write it.
 * The only place of the site that reads the environment.
 */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute paths of one build. */
export interface SiteSettings {
  /** The project's own folder. */
  readonly rootFolder: string;
  /** `TADAK_COURSE`, by default `content/docker`. */
  readonly courseFolder: string;
  /** `TADAK_SITE_OUT`, by default `dist`. */
  readonly outFolder: string;
  /** One cache per course, so that two builds never read each other's entries. */
  readonly cacheFolder: string;
}

/** Reads the settings. Relative paths start from the working folder. */
export function parseSiteSettings(env: NodeJS.ProcessEnv): SiteSettings {
  const rootFolder = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');
  const courseFolder = env['TADAK_COURSE'] ? resolve(env['TADAK_COURSE']) : resolve(rootFolder, 'content/docker');
  const outFolder = env['TADAK_SITE_OUT'] ? resolve(env['TADAK_SITE_OUT']) : resolve(rootFolder, 'dist');
  const key = createHash('sha256').update(`${courseFolder}\0${outFolder}`).digest('hex').slice(0, 12);
  return { rootFolder, courseFolder, outFolder, cacheFolder: resolve(rootFolder, '.tadak/astro', key) };
}
