/** 50 MB of mixed output to a page that renders as fast as it comes, and the server's CPU time for it. */
import { readCpuSeconds } from '../servers/process-usage.ts';
import type { Metric } from './metric.ts';
import { receiveExactly } from './receive.ts';

const withinMs = 20_000;

/** How much output comes through, and what it costs the processor. */
export const throughput: Metric = {
  name: 'throughput',
  rounds: ({ isQuick }) => (isQuick ? 2 : 5),
  measure: async ({ pid, openPage }, { outputFile, outputBytes: bytes }) => {
    const page = await openPage();
    // A server that has run for a while has compiled its code; ours and the naive one do that while they work.
    await page.run(`stty -opost; cat ${outputFile} ${outputFile}; stty opost`, withinMs);
    const before = readCpuSeconds(pid);
    const ms = await receiveExactly(page, { command: `cat ${outputFile}`, bytes, withinMs });
    const cpuSeconds = readCpuSeconds(pid) - before;
    page.quit();
    return { throughputMbPerSecond: bytes / 1e6 / (ms / 1000), throughputCpuSeconds: cpuSeconds };
  },
};
