/**
 * The network goes for a second while a program counts, and once more while it also prints 8 MB: whether the
 * shell is still there, and what of its lines is missing or there twice. After so much the page is given a
 * screen; so it is compared by what its screen and its scrollback show.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Figures } from '../../figures.ts';
import type { Page } from '../pages/page.ts';
import type { MeasuredServer } from '../servers/kinds.ts';
import type { Metric } from './metric.ts';
import { countLines, countNumbers, LineReader } from './numbered-lines.ts';
import { ShownLines } from './shown-lines.ts';

const lines = 300;
const linesBeforeCut = 80;
const awayMs = 1_000;
/** 8 MB. */
const burst = { lines: 100_000, lineBytes: 80 } as const;
const patienceMs = 15_000;

/** What is left of a session whose network went away. */
export const cut: Metric = {
  name: 'cut',
  rounds: ({ isQuick }) => (isQuick ? 1 : 3),
  measure: async (server) => ({ ...(await cutWhileCounting(server)), ...(await cutWithBurst(server)) }),
};

async function cutWhileCounting(server: MeasuredServer): Promise<Figures> {
  const page = await server.openPage({ name: 'cut' });
  const reader = new LineReader(page);
  page.type(`${countLines(lines)}\r`);
  await page.until('the first lines', () => reader.count >= linesBeforeCut);
  const back = await goAndComeBack(server, page);
  reader.follow(back);
  const isKept = await reaches(back, () => reader.read().last === lines);
  const { missing, repeated } = reader.read();
  back.quit();
  return isKept
    ? { cutSessionKept: true, cutLinesMissing: missing, cutLinesRepeated: repeated }
    : { cutSessionKept: false };
}

async function cutWithBurst(server: MeasuredServer): Promise<Figures> {
  const page = await server.openPage({ name: 'burst' });
  const shown = new ShownLines(page);
  const flood = `yes "$(printf '%0${burst.lineBytes - 1}d' 7)" | head -n ${burst.lines}`;
  // The burst comes while the page is away; what is counted after it must all be on the screen.
  page.type(`clear; echo coun''ting; read -t 0.5 -u 9 9<> <(:); ${flood}; ${countLines(lines)}\r`);
  await page.until('the program', () => page.tail.includes('counting'));
  const back = await goAndComeBack(server, page);
  shown.follow(back);
  const isKept = await reaches(back, () => back.tail.includes(`line ${lines}.`));
  const seen = countNumbers(await shown.read());
  back.quit();
  if (!isKept) return {};
  const repeated = [...seen.values()].reduce((sum, times) => sum + times - 1, 0);
  return { burstLinesMissing: lines - seen.size, burstLinesRepeated: repeated };
}

async function goAndComeBack(server: MeasuredServer, page: Page): Promise<Page> {
  page.cut();
  await wait(awayMs);
  return server.connectPage({ name: page.name, before: page });
}

/** A prompt also ends the wait: whoever keeps no sessions shows a new one and nothing else. */
async function reaches(page: Page, isThere: () => boolean): Promise<boolean> {
  await page.until('the last line', () => isThere() || page.isAtPrompt || page.isClosed, patienceMs);
  return isThere();
}
