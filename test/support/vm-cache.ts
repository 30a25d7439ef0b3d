/** Where tests with virtual machines find the image and the template, so that they are built once. */
import { fileURLToPath } from 'node:url';

/** The project's own cache, the one that `npm start` uses. */
export const cacheFolder: string = fileURLToPath(new URL('../../.tadak', import.meta.url));
