/** The site is built where the data folder is, also when that is on another disk than the project. */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../../server/config.ts';
import { ensureSite } from '../../../server/site/build-site.ts';
import { tinyFolder } from '../../support/tiny-course.ts';

/** A file system in memory, which every Linux has. */
const elsewhere = '/dev/shm';
const isElsewhere = existsSync(elsewhere) && statSync(elsewhere).dev !== statSync(projectFolder).dev;

test.runIf(isElsewhere)(
  'a data folder on another file system gets the whole site, and nothing else stays',
  async () => {
    const dataFolder = mkdtempSync(join(elsewhere, 'tadak-site-'));
    try {
      const said: number[] = [];
      const site = await ensureSite({
        ...{
          project: projectFolder,
          dataFolder,
          course: tinyFolder,
          environment: { PATH: process.env['PATH'] ?? '' },
          pages: 10,
        },
        signal: AbortSignal.timeout(110_000),
        onProgress: ({ fraction }) => void said.push(fraction),
      });
      expect(readdirSync(site)).toEqual(expect.arrayContaining(['index.html', 'en', 'first', 'pagefind']));
      expect(readdirSync(join(dataFolder, 'site')).sort()).toEqual(['build.log', site.split('/').at(-1)]);
      expect(existsSync(join(projectFolder, '.astro', 'building'))).toBe(false);
      expect(said.length).toBeGreaterThan(2);
    } finally {
      rmSync(dataFolder, { recursive: true, force: true });
    }
  },
);
