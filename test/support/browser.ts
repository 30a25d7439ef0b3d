/** The real browser of tests. Where there is none they fail, and say what to do: a page that nobody looked at was not tested. */
import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../../server/host/browser.ts';

/** Without a sandbox and without anything of its own in the background. */
const quiet = [
  ...['--no-sandbox', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];

/** Starts one; `graphics` are options about how it draws. */
export function launchBrowser(graphics: readonly string[] = ['--disable-gpu']): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser(process.env), args: [...quiet, ...graphics] });
}
