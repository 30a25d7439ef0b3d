/**
 * Where this host's Chromium is: for tests and benchmarks, which use a real one. Knows nothing about pages.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { browserPrograms } from '../setup/packages.mjs';
import { installLineFor } from './install-line.ts';

/** What is asked: the program by name, and where programs are. */
export type BrowserEnvironment = Readonly<Partial<Record<'TADAK_CHROMIUM' | 'PATH', string | undefined>>>;

/** The program's path: the one that `TADAK_CHROMIUM` names, or the first on `PATH`. Throws an Error that says what to do. */
export function findBrowser({ TADAK_CHROMIUM: named, PATH = '' }: BrowserEnvironment): string {
  if (named) {
    if (canRun(named)) return named;
    throw new Error(
      `TADAK_CHROMIUM names ${named}, which cannot be run. Mend it, or leave it out to have PATH searched.`,
    );
  }
  const folders = PATH.split(delimiter).filter((folder) => folder !== '');
  const found = browserPrograms.flatMap((name) => folders.map((folder) => join(folder, name))).find(canRun);
  if (found !== undefined) return found;
  const names = browserPrograms.join(', ');
  const line = installLineFor(['chromium']);
  throw new Error(
    `This needs a real Chromium, and PATH has none of ${names}. Install one (${line}), or name it in TADAK_CHROMIUM.`,
  );
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
