/**
 * Watches a folder with everything below it. Knows nothing about what is in it.
 *
 * One watch per folder: it hears of files that an editor replaces (writes beside and renames), which a watch on the file
 * itself loses. Several events of one save are told once.
 */
import { type FSWatcher, watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** An editor's save is over within this time, milliseconds; far below what a person notices. */
const settleMs = 60;

/** Calls `onChange` after every change, once all folders that came with it are watched too. */
export async function watchFolder(folder: string, onChange: () => void): Promise<Disposable> {
  const watched = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const handleEvent = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      await follow();
      if (!isOver) onChange();
    }, settleMs);
  };
  const follow = async () => {
    const present = new Set(await foldersBelow(folder));
    if (isOver) return;
    for (const [path, watcher] of watched) {
      if (present.has(path)) continue;
      watcher.close();
      watched.delete(path);
    }
    for (const path of present) if (!watched.has(path)) watched.set(path, openWatch(path, handleEvent));
  };
  await follow();
  return {
    [Symbol.dispose]: () => {
      isOver = true;
      clearTimeout(timer);
      for (const watcher of watched.values()) watcher.close();
    },
  };
}

/** A folder that is removed while it is watched ends its watch by an error: it was the event before that counted. */
function openWatch(path: string, onEvent: () => void): FSWatcher {
  const watcher = watch(path, onEvent);
  watcher.on('error', () => watcher.close());
  return watcher;
}

async function foldersBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return [folder, ...entries.filter((entry) => entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name))];
}
