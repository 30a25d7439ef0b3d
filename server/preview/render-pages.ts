/**
 * A process of its own that makes pages by Astro's development server: `render-pages.ts <project> <work folder>`. It tells
 * its parent the port, and ends with it. Whatever goes wrong in a page, labs and terminals live in the parent.
 *
 * Its working folder is not the project's, where Astro keeps what it makes of a course's texts: a build of the site
 * beside the preview would find the other one's.
 */
import { join, relative } from 'node:path';
import { dev } from 'astro';

const [project = '', folder = ''] = process.argv.slice(2);

process.on('disconnect', () => process.exit());
// The terminal sends Ctrl-C to everybody; the parent ends us when it is done.
process.on('SIGINT', () => {});

const server = await dev({
  root: folder,
  // Astro puts its root in front of it.
  configFile: relative(folder, join(project, 'astro.config.mjs')),
  srcDir: join(project, 'src'),
  publicDir: join(project, 'src/public'),
  cacheDir: join(folder, 'cache'),
  server: { host: '127.0.0.1', port: 0 },
  logLevel: 'error',
  // Astro says itself when a text changed. What it writes about texts as it starts would open every page once more.
  vite: { server: { watch: { ignored: ['**/.astro/**'] } } },
});
process.send?.({ port: server.address.port });
