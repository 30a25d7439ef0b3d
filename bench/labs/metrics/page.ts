/**
 * What a student waits for: from pressing the button in a lesson's page to the prompt on its screen. The server as it is started by its
 * operator, Debian's Chromium, one ready lab before each round.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import { projectFolder } from '../../../server/config.ts';
import { type Course, lessonsOf } from '../../../src/course/model.ts';
import type { World } from '../world.ts';
import { type Metric, roundsOf, timesOf } from './metric.ts';

const browserArgs = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'];
const lookMs = 100;
/** Pages, image and template, when they have to be made first. */
const startTimeoutMs = 1_500_000;
const promptTimeoutMs = 120_000;

/** From the button to the prompt. */
export const page: Metric = {
  name: 'page',
  async measure(world) {
    await using server = await startServer(world);
    const browser = await chromium.launch({ executablePath: world.findBrowser(), args: browserArgs });
    const values: number[] = [];
    try {
      for (let round = 0; round < roundsOf(world); round += 1) {
        await server.untilReadyLabs(round + 1);
        values.push(await timeStart(browser, `${server.url}/${lessonPath(world.course)}`));
      }
    } finally {
      await browser.close();
    }
    return timesOf('pagePrompt', values);
  },
};

/** A lesson that prepares nothing: what is measured is the lab. */
function lessonPath(course: Course): string {
  const isPlain = (start: keyof Course['startScripts']) => course.startScripts[start] === undefined;
  const lesson = lessonsOf(course).find(({ start, setup, steps }) => isPlain(start) && !setup && steps.length > 0);
  if (lesson === undefined) throw new Error('every lesson prepares its lab');
  return `${lesson.chapter}/${lesson.id}/`;
}

async function timeStart(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const lesson = await context.newPage();
    await lesson.goto(url);
    await lesson.locator('[data-lab-start]').waitFor();
    const ms = await pressAndWait(lesson);
    await lesson.evaluate(() =>
      fetch('/api/lab/end', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
    );
    return ms;
  } finally {
    await context.close();
  }
}

/** Measured in the page, by what it draws: asking from outside would cost more than some answers take. */
function pressAndWait(lesson: Page): Promise<number> {
  return lesson.evaluate(
    (timeoutMs) =>
      new Promise<number>((resolve, reject) => {
        const begin = performance.now();
        const rows = () =>
          [...document.querySelectorAll('.xterm-rows > div')].map((row) => row.textContent?.trimEnd()).join('\n');
        const observer = new MutationObserver(() => {
          if (!/[#$]\s*$/.test(rows())) return;
          observer.disconnect();
          resolve(performance.now() - begin);
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        setTimeout(() => reject(new Error(`no prompt: ${rows().slice(-300)}`)), timeoutMs);
        document.querySelector<HTMLElement>('[data-lab-start]')?.click();
      }),
    promptTimeoutMs,
  );
}

interface Server extends AsyncDisposable {
  readonly url: string;
  /** Waits until so many labs have stood by since the start. */
  untilReadyLabs(count: number): Promise<void>;
}

async function startServer({ options, cacheFolder, dataFolder, signal }: World): Promise<Server> {
  const data = join(dataFolder, 'page');
  const flags = ['--port', '0', '--data', data, '--cache', cacheFolder, '--lab', options.kind, '--lang', 'en'];
  const args = [join(projectFolder, 'server/cli.ts'), 'start', ...flags, '--labs-ready', '1', '--max-labs', '3'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const until = async <T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> => {
    for (const deadline = performance.now() + startTimeoutMs; performance.now() < deadline; ) {
      const found = await look();
      if (found !== undefined) return found;
      if (hasEnded(child)) break;
      await delay(lookMs, undefined, { signal });
    }
    throw new Error(`the server: ${printed.slice(-300)}`);
  };
  const dispose = async () => {
    if (!hasEnded(child)) child.kill('SIGTERM');
    await ended;
  };
  try {
    const url = await until(() => /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0]);
    const untilReadyLabs = async (count: number) => {
      await until(async () => ((await countReadyLabs(data)) >= count ? true : undefined));
    };
    return { url, untilReadyLabs, [Symbol.asyncDispose]: dispose };
  } catch (thrown) {
    await dispose();
    throw thrown;
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

async function countReadyLabs(data: string): Promise<number> {
  const log = await readFile(join(data, 'server.log'), 'utf8').catch(() => '');
  return log.split('a lab stands by').length - 1;
}
