/** Resident memory of the server with 1, 50 and 200 idle sessions; shells are not counted. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from '../pages/page.ts';
import { readRssBytes } from '../servers/process-usage.ts';
import type { Metric } from './metric.ts';

const settleMs = 1_500;

/** What idle sessions cost in memory. */
export const memory: Metric = {
  name: 'memory',
  rounds: ({ isQuick }) => (isQuick ? 1 : 3),
  measure: async ({ pid, openPage }) => {
    const pages: Page[] = [];
    const rssWith = async (sessions: number) => {
      while (pages.length < sessions) pages.push(await openPage());
      await wait(settleMs);
      return readRssBytes(pid);
    };
    const [one, fifty, many] = [await rssWith(1), await rssWith(50), await rssWith(200)];
    for (const page of pages) page.quit();
    return {
      memoryOneSessionMb: one / 1e6,
      memoryPerSessionAt50Kb: (fifty - one) / 49 / 1024,
      memoryPerSessionAt200Kb: (many - one) / 199 / 1024,
    };
  },
};
