/** `yes` to a page that reads at once but renders 4 MB/s, as a laptop's browser does, and Ctrl-C in the midst of it. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Metric } from './metric.ts';

const bytesPerSecond = 4_000_000;
const patienceMs = 90_000;

/** How long Ctrl-C takes under a flood that the page renders slowly. */
export const slowPage: Metric = {
  name: 'slow-page',
  rounds: ({ isQuick }) => (isQuick ? 1 : 3),
  measure: async ({ openPage }, { isQuick }) => {
    const page = await openPage({ bytesPerSecond });
    page.type('yes\r');
    await wait(isQuick ? 2_000 : 3_000);
    const at = performance.now();
    page.type('\x03');
    await page.until('the prompt on the screen', () => page.isAtPrompt, patienceMs);
    const ms = performance.now() - at;
    page.quit();
    return { slowUnrenderedMb: page.mostUnrenderedBytes / 1e6, slowPromptMs: ms };
  },
};
