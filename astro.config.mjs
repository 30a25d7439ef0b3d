import { realpathSync } from 'node:fs';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { createCourseSource } from './src/site/course-plugin.ts';
import { loadPublicCourse } from './src/site/load-public-course.ts';
import { parseSiteSettings } from './src/site/settings.ts';
import { buildStarlightOptions } from './src/site/starlight-options.ts';
import { buildVitePlugins, passLog } from './src/site/vite-plugins.ts';

const settings = parseSiteSettings(process.env);
const source = createCourseSource(() => loadPublicCourse(settings.courseFolder));

export default defineConfig({
  outDir: settings.outFolder,
  cacheDir: settings.cacheFolder,
  publicDir: './src/public',
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  prefetch: false,
  integrations: [starlight(buildStarlightOptions(settings, await source.get()))],
  vite: {
    plugins: buildVitePlugins(settings, source),
    server: {
      fs: { allow: [settings.rootFolder, realpathSync(`${settings.rootFolder}/node_modules`), settings.courseFolder] },
    },
    // What islands load later is found at once: found while a page is open, it would open the page anew.
    optimizeDeps: { entries: [`${settings.rootFolder}/src/islands/index.ts`] },
    // No script is put into the HTML, so that the server's policy can forbid inline scripts but Starlight's own.
    build: { assetsInlineLimit: 0, rolldownOptions: { onLog: passLog } },
  },
});
