/**
 * Vite plugin that gives pages the course as the module `virtual:tadak/course`, and reads it again when its files change.
 * Knows nothing about pages.
 */
import type { DevEnvironment, Plugin, RunnableDevEnvironment } from 'vite';
import type { EvaluatedModuleNode, EvaluatedModules } from 'vite/module-runner';
import type { PublicCourse } from './public-course.ts';
import type { SiteSettings } from './settings.ts';
import { watchCourse } from './watch-course.ts';

const publicId = 'virtual:tadak/course';
const resolvedId = `\0${publicId}`;

/** A course that is loaded once, and again when its files change. */
export interface CourseSource {
  get(): Promise<PublicCourse>;
  /**
   * Reads the files again; says whether pages have something new to show. While the files are broken the last good
   * course stays: who watches the course tells its author.
   */
  refresh(): Promise<boolean>;
}

/** Creates a source over a loading function. */
export function createCourseSource(load: () => Promise<PublicCourse>): CourseSource {
  let course: Promise<PublicCourse> | undefined;
  const get = () => (course ??= load());
  return {
    get,
    refresh: async () => {
      const shown = JSON.stringify(await get());
      const fresh = await load().catch(() => undefined);
      if (!fresh || JSON.stringify(fresh) === shown) return false;
      course = Promise.resolve(fresh);
      return true;
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
      watchCourse(server.watcher, settings.courseFolder, async () => {
        if (!(await source.refresh())) return;
        for (const environment of Object.values(server.environments)) forgetCourse(environment);
        server.environments.client.hot.send({ type: 'full-reload', path: '*' });
      });
    },
  };
}

/** Makes an environment read the module anew, and whatever was made from it. */
function forgetCourse(environment: DevEnvironment): void {
  const known = environment.moduleGraph.getModuleById(resolvedId);
  if (known) environment.moduleGraph.invalidateModule(known, new Set(), Date.now(), true);
  const modules = (environment as Partial<RunnableDevEnvironment>).runner?.evaluatedModules;
  const evaluated = modules?.getModuleById(resolvedId);
  if (modules && evaluated) forgetEvaluated(modules, evaluated, new Set());
}

function forgetEvaluated(modules: EvaluatedModules, node: EvaluatedModuleNode, seen: Set<string>): void {
  if (seen.has(node.id)) return;
  seen.add(node.id);
  modules.invalidateModule(node);
  for (const id of node.importers) {
    const importer = modules.getModuleById(id);
    if (importer) forgetEvaluated(modules, importer, seen);
  }
}
