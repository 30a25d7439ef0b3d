/** A paste of 1 MB to a program that reads it: whether every byte arrives, and when the last one did. */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Metric } from './metric.ts';

const pasteBytes = 1_000_000;
const withinMs = 20_000;
const settleMs = 200;

/** How long a large paste takes, and whether it arrives whole. */
export const paste: Metric = {
  name: 'paste',
  rounds: ({ isQuick }) => (isQuick ? 1 : 3),
  measure: async ({ openPage }) => {
    const page = await openPage();
    const text = buildText();
    page.type(`stty raw -echo; echo rea''dy; head -c ${text.length} | sha1sum; stty sane\r`);
    await page.until('the program', () => page.tail.includes('ready'));
    await wait(settleMs);
    const at = performance.now();
    page.type(text);
    const sum = () => /[0-9a-f]{40}/.exec(page.tail)?.[0];
    await page.until('the sum or the end', () => sum() !== undefined || page.isClosed, withinMs).catch(() => {});
    const ms = performance.now() - at;
    const isWhole = sum() === createHash('sha1').update(text).digest('hex');
    page.quit();
    return isWhole ? { pasteWhole: true, pasteMs: ms } : { pasteWhole: false };
  },
};

function buildText(): Buffer {
  const lines = Array.from({ length: pasteBytes / 20 }, (_, line) => `${line} 붙여 넣기 `);
  return Buffer.from(lines.join('')).subarray(0, pasteBytes);
}
