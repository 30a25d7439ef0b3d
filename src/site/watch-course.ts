/**
 * Hears of saved files of a course by Vite's watcher. Knows nothing about what is done then.
 */

/** The part of Vite's watcher that is used. */
export interface FileEvents {
  on(event: 'all', listener: (event: string, path: string) => void): unknown;
}

/** The watcher says nothing of a file's second save within 50 ms of its first, so files are read when that time is over. */
const settleMs = 80;

/** Calls `look` when files below `folder` have been saved: once for several saves, and never while it still looks. */
export function watchCourse(watcher: FileEvents, folder: string, look: () => Promise<void>): void {
  let timer: NodeJS.Timeout | undefined;
  let looking = Promise.resolve();
  watcher.on('all', (_event, path) => {
    if (!path.startsWith(`${folder}/`)) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      looking = looking.then(look, look);
    }, settleMs);
  });
}
