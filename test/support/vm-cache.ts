/** Where tests with virtual machines find the image and the template, so that they are built once. */
import { mkdirSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../.tadak', import.meta.url));
mkdirSync(folder, { recursive: true });

/** The project's own cache, the one that `npm start` uses. Without links: a template is tied to its path. */
export const cacheFolder: string = realpathSync(folder);
