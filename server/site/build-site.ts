/**
 * Builds the course's site when its sources changed, and keeps the one that is in use. A build that fails or is cut
 * short is never served. Knows how Astro is run, and nothing about what it makes.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { cp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Fault } from '../../src/faults.ts';
import { isDiskFull } from '../host/file-errors.ts';
import { withLock } from '../host/folder-lock.ts';
import type { LabProgress } from '../lab/lab.ts';
import { compressFolder } from './compress-folder.ts';
import { computeSiteKey } from './site-key.ts';

/** What is built, and for whom. */
export interface SiteBuildOptions {
  readonly project: string;
  readonly dataFolder: string;
  readonly course: string;
  /** PATH and language; nothing else of ours may change what is made. */
  readonly environment: Readonly<Record<string, string>>;
  /** About how many pages there will be, for the progress. */
  readonly pages: number;
  readonly onProgress: (progress: LabProgress) => void;
  readonly signal: AbortSignal;
}

/** Folders of finished sites; everything else in `site/` belongs to the build. */
const prefix = 'built-';
/** Keeps Astro from calling home and from colouring its messages. */
const quiet = { ASTRO_TELEMETRY_DISABLED: '1', NO_COLOR: '1' };
/** The build's own words that are shown when it fails. */
const shownLines = 40;

/** The folder of the built site. Throws Fault `site-build-failed` with the author's error, or `disk-full`. */
export async function ensureSite(options: SiteBuildOptions): Promise<string> {
  const { project, dataFolder, course } = options;
  const sites = join(dataFolder, 'site');
  const folder = join(sites, `${prefix}${await computeSiteKey(project, course)}`);
  if (!existsSync(folder)) {
    await mkdir(sites, { recursive: true });
    const partial = join(sites, 'building');
    await rm(partial, { recursive: true, force: true });
    try {
      await buildAlone(project, options.signal, () => build(partial, join(sites, 'build.log'), options));
      await compressFolder(partial);
      await rename(partial, folder);
    } catch (thrown) {
      // Half a site is of no use, and takes the room that is missing.
      await rm(partial, { recursive: true, force: true });
      throw isDiskFull(thrown) ? new Fault('disk-full', { path: sites }, { cause: thrown }) : thrown;
    }
  }
  await removeOthers(sites, folder);
  return folder;
}

/**
 * Runs a build while no other one of this project runs, in whatever process: where the result goes outside the project,
 * Astro's intermediate files are in one folder of the project, and two builds would take each other's.
 */
export function buildAlone<T>(project: string, signal: AbortSignal, build: () => Promise<T>): Promise<T> {
  return withLock(join(project, '.astro', '.lock'), signal, build);
}

/** Astro moves files from the project to where the result goes, which is impossible between two file systems: then it is copied. */
async function build(outFolder: string, logPath: string, options: SiteBuildOptions): Promise<void> {
  const { project } = options;
  const [here, there] = await Promise.all([stat(project), stat(dirname(outFolder))]);
  if (here.dev === there.dev) return runAstro(outFolder, logPath, options);
  const near = join(project, '.astro', 'building');
  try {
    await rm(near, { recursive: true, force: true });
    await runAstro(near, logPath, options);
    await cp(near, outFolder, { recursive: true });
  } finally {
    await rm(near, { recursive: true, force: true });
  }
}

async function removeOthers(sites: string, keep: string): Promise<void> {
  for (const name of await readdir(sites)) {
    const path = join(sites, name);
    if (name.startsWith(prefix) && path !== keep) await rm(path, { recursive: true, force: true });
  }
}

function runAstro(outFolder: string, logPath: string, options: SiteBuildOptions): Promise<void> {
  const { project, course, environment, signal } = options;
  const child = spawn(process.execPath, [join(project, 'node_modules/astro/bin/astro.mjs'), 'build'], {
    cwd: project,
    signal,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...environment, ...quiet, TADAK_COURSE: course, TADAK_SITE_OUT: outFolder },
  });
  const log = createWriteStream(logPath);
  // A log that cannot be written is no reason to stop; a full disk ends the build itself.
  log.on('error', () => {});
  const last: string[] = [];
  const handleLine = createPageCounter(options);
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      log.write(`${line}\n`);
      last.push(line);
      if (last.length > shownLines) last.shift();
      handleLine(line);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      log.end();
      if (code === 0) resolve();
      else reject(failureOf(last, logPath));
    });
  });
}

/** As Node and as Rust's libraries name a full disk, or a full share of it. */
const fullWords = /\b(?:ENOSPC|EDQUOT|os error (?:28|122))\b/;

/** Astro reports a full disk among its own errors: that is nothing for an author to mend. */
function failureOf(last: readonly string[], logPath: string): Fault {
  const detail = lastWords(last);
  if (fullWords.test(detail)) return new Fault('disk-full', { path: dirname(logPath) }, { cause: detail });
  return new Fault('site-build-failed', { log: logPath, detail });
}

function createPageCounter({ pages, onProgress }: SiteBuildOptions): (line: string) => void {
  let built = 0;
  const tell = () =>
    onProgress({ label: { ko: '사이트 만들기', en: 'Building the site' }, fraction: share(built, pages) });
  tell();
  return (line) => {
    if (!line.includes('/index.html')) return;
    built += 1;
    tell();
  };
}

/** The pages are the second half of the work; the first half has no signs. */
const share = (built: number, pages: number) =>
  Math.min(0.95, built === 0 ? 0.1 : 0.5 + (0.5 * built) / Math.max(1, pages));

const lastWords = (lines: readonly string[]) => lines.join('\n').trim();
