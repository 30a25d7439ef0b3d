/**
 * The course as an operator runs it: the real command, a data folder of its own, the project's cache of images.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { printedMatch, type RunningCli, runCli } from '../server/run-cli.ts';
import { launchBrowser } from '../support/browser.ts';
import { cacheFolder } from '../support/vm-cache.ts';

/** Building the site, the image and the template on two emulated cores, with room. */
const startMs = 1_500_000;

/** A server and a browser. */
export interface RunningCourse extends AsyncDisposable {
  readonly url: string;
  readonly browser: Browser;
  readonly data: string;
  readonly cli: RunningCli;
}

/** Waits until a server says that labs can be started; gives its address. Throws when it ended instead. */
export async function whenReady(cli: RunningCli): Promise<string> {
  const gaveUp = cli.exited.then((code) => Promise.reject(new Error(`ended with ${code}`)));
  gaveUp.catch(() => {}); // An orderly end later is none of this function's business.
  const [, url] = await Promise.race([printedMatch(cli, /(http:\/\/127\.0\.0\.1:\d+)/, startMs), gaveUp]);
  await Promise.race([printedMatch(cli, /Labs are ready/, startMs), gaveUp]);
  return url as string;
}

/**
 * Starts the course with virtual machines as labs, and Chromium. Returns when labs can be started. `prepare` gets the data folder
 * first; what it gives is disposed of when the server has ended.
 */
export async function startCourse(
  args: readonly string[] = [],
  prepare: (data: string) => Promise<AsyncDisposable | undefined> = async () => undefined,
): Promise<RunningCourse> {
  const data = await mkdtemp(join(tmpdir(), 'tadak-e2e-'));
  const prepared = await prepare(data);
  const cli = runCli(['start', '--port', '0', '--data', data, '--cache', cacheFolder, '--lang', 'en', ...args]);
  try {
    const url = await whenReady(cli);
    const browser = await launchBrowser();
    return {
      ...{ url, browser, data, cli },
      [Symbol.asyncDispose]: async () => {
        await browser.close();
        await cli[Symbol.asyncDispose]();
        await prepared?.[Symbol.asyncDispose]();
        await rm(data, { recursive: true, force: true });
      },
    };
  } catch (thrown) {
    const log = await readFile(join(data, 'server.log'), 'utf8').catch(() => '');
    await cli[Symbol.asyncDispose]();
    await prepared?.[Symbol.asyncDispose]();
    throw new Error(`the course did not start:\n${cli.printed()}\n${log}`, { cause: thrown });
  }
}
