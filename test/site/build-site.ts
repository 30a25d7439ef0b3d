/**
 * Builds the site as an author would: Astro in a process of its own, the course in a folder outside the project.
 * Knows nothing about what is asserted.
 */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAlone } from '../../server/site/build-site.ts';

/** How a build ended, and all it said. */
export interface SiteBuild {
  readonly exitCode: number;
  readonly log: string;
}

/** Builds the course in `courseFolder` into `outFolder`. */
export function buildSite(courseFolder: string, outFolder: string): Promise<SiteBuild> {
  const env = { ...process.env, TADAK_COURSE: courseFolder, TADAK_SITE_OUT: outFolder, ASTRO_TELEMETRY_DISABLED: '1' };
  const command = ['node_modules/astro/bin/astro.mjs', 'build'];
  const build = () =>
    new Promise<SiteBuild>((settle) => {
      execFile(process.execPath, command, { env, timeout: 170_000 }, (error, stdout, stderr) => {
        settle({ exitCode: error ? 1 : 0, log: stdout + stderr });
      });
    });
  return buildAlone(process.cwd(), AbortSignal.timeout(170_000), build);
}

/** The tiny course, built, in a temporary folder. */
export interface TinySite extends AsyncDisposable {
  readonly folder: string;
  readonly out: string;
}

/** Copies the tiny course out of the project and builds it; fails with the build's log. */
export async function buildTinySite(): Promise<TinySite> {
  const folder = await mkdtemp(join(tmpdir(), 'tadak-site-'));
  const out = join(folder, 'out');
  await cp('test/fixtures/courses/tiny', join(folder, 'tiny'), { recursive: true });
  const { exitCode, log } = await buildSite(join(folder, 'tiny'), out);
  if (exitCode !== 0) throw new Error(`The tiny course did not build:\n${log}`);
  return { folder, out, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}
