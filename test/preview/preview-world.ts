/**
 * A course that is being written: `tadak dev` on a copy of the tiny course with local labs, and Chromium.
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { until } from '../islands/support/until.ts';
import { tinyFolder } from '../server/app/test-app.ts';
import { printedMatch, type RunningCli, runCli } from '../server/run-cli.ts';
import { launchBrowser } from '../support/browser.ts';

/** An author's desk. */
export interface PreviewWorld extends AsyncDisposable {
  readonly url: string;
  readonly course: string;
  readonly cli: RunningCli;
  /** A learner's page in a browser context of its own. */
  open(path: string): Promise<Page>;
  read(file: string): string;
  /** Saves a file of the course. */
  save(file: string, text: string): void;
  /** Replaces a text in a file and saves it; fails when it is not there. */
  edit(file: string, from: string, to: string): void;
}

/** Starts it; returns when labs can be started. */
export async function openPreviewWorld(): Promise<PreviewWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'tadak-preview-'));
  const course = join(folder, 'tiny');
  cpSync(tinyFolder, course, { recursive: true });
  const options = ['--lab', 'local', '--port', '0', '--data', join(folder, 'data'), '--course', course];
  const cli = runCli(['dev', ...options]);
  const [, url = ''] = await printedMatch(cli, /Preview at (http:\S+)/, 60_000);
  await printedMatch(cli, /Labs are ready/, 60_000);
  const browser = await launchBrowser();
  const read = (file: string) => readFileSync(join(course, file), 'utf8');
  const save = (file: string, text: string) => writeFileSync(join(course, file), text);
  return {
    ...{ url, course, cli, read, save },
    open: async (path) => {
      const page = await (await browser.newContext({ viewport: { width: 1280, height: 720 } })).newPage();
      await page.goto(url + path, { timeout: 60_000 });
      // What pages need is prepared while the first one is open, which may open it once more.
      const isSettled = `performance.now() > 1500 && document.querySelector('tadak-lab-status:defined') !== null`;
      await until(
        `${path} is settled`,
        async () => (await page.evaluate<boolean>(isSettled).catch(() => false)) || undefined,
        {
          ...{ withinMs: 60_000, seen: () => textOf(page) },
        },
      );
      return page;
    },
    edit: (file, from, to) => {
      if (!read(file).includes(from)) throw new Error(`${file} has no "${from}"`);
      save(file, read(file).replace(from, to));
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close();
      await cli[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Text of a page, or why there is none at the moment: a page that is being opened anew has none. */
export function textOf(page: Page, selector = 'body'): Promise<string> {
  return page.evaluate<string>(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? ''`).catch(String);
}

/** Waits until a part of the page shows something; gives how long that took, milliseconds. */
export async function shows(page: Page, what: string | RegExp, selector = 'body'): Promise<number> {
  const began = performance.now();
  const look = async () => {
    const text = await textOf(page, selector);
    return (typeof what === 'string' ? text.includes(what) : what.test(text)) || undefined;
  };
  await until(`${selector} shows ${what}`, look, { withinMs: 60_000, seen: () => textOf(page, selector) });
  return performance.now() - began;
}

/** What the panel of problems says. */
export function panelText(page: Page): Promise<string> {
  return page
    .evaluate<string>(
      `document.querySelector('tadak-preview-panel')?.shadowRoot?.querySelector('details')?.innerText ?? ''`,
    )
    .catch(String);
}
