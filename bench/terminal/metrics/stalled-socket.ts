/**
 * A page that stops reading its socket (a closed lid) for 10 s and for 60 s while its program floods and another's
 * counts: what that costs the server, and whether both go on afterwards as if nothing had been.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Figures } from '../../figures.ts';
import type { Page } from '../pages/page.ts';
import type { MeasuredServer } from '../servers/kinds.ts';
import { readRssBytes } from '../servers/process-usage.ts';
import type { Metric } from './metric.ts';
import { countLines, type LineCount, LineReader } from './numbered-lines.ts';

const sampleMs = 250;
const warmUpMs = 2_000;
const patienceMs = 30_000;

/** What a page costs that does not read, and whether its terminal and its neighbour’s go on. */
export const stalledSocket: Metric = {
  name: 'stalled-socket',
  rounds: () => 1,
  measure: async (server, { isQuick }) => ({
    ...(await stallFor(server, 10)),
    ...(isQuick ? {} : await stallFor(server, 60)),
  }),
};

async function stallFor(server: MeasuredServer, seconds: number): Promise<Figures> {
  const [flood, counting] = [await server.openPage(), await server.openPage()];
  const lines = new LineReader(counting);
  flood.type('yes\r');
  counting.type(`${countLines(Number.MAX_SAFE_INTEGER)}\r`);
  await wait(warmUpMs);
  const before = readRssBytes(server.pid);
  for (const page of [flood, counting]) page.stall();
  const most = await watchRss(server.pid, seconds * 1_000);
  for (const page of [flood, counting]) page.resume();
  const isKept = (await isAlive(flood)) && (await isAlive(counting));
  const figures = describe(lines.read(), { seconds, isKept, grownBytes: most - before });
  for (const page of [flood, counting]) page.quit();
  return figures;
}

async function watchRss(pid: number, forMs: number): Promise<number> {
  let most = readRssBytes(pid);
  for (const until = performance.now() + forMs; performance.now() < until; ) {
    await wait(sampleMs);
    most = Math.max(most, readRssBytes(pid));
  }
  return most;
}

/** Whether the shell answers again after Ctrl-C. */
async function isAlive(page: Page): Promise<boolean> {
  page.type('\x03');
  await page.until('the prompt or the end', () => page.isAtPrompt || page.isClosed, patienceMs);
  if (page.isClosed) return false;
  await page.run('echo still here', patienceMs);
  return true;
}

function describe(
  { missing, repeated }: LineCount,
  { seconds, isKept, grownBytes }: { readonly seconds: number; readonly isKept: boolean; readonly grownBytes: number },
): Figures {
  const kept = { [`stalled${seconds}sGrowthMb`]: grownBytes / 1e6, [`stalled${seconds}sSessionKept`]: isKept };
  return isKept ? { ...kept, [`stalled${seconds}sLinesWrong`]: missing + repeated } : kept;
}
