/** 20 MB over a link that is slower than the program: the page stops reading for 60 ms after every 512 KB. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Page } from '../pages/page.ts';
import type { Metric } from './metric.ts';
import { receiveExactly } from './receive.ts';

const bytes = 20_000_000;
const pause = { afterBytes: 512 * 1024, ms: 60 } as const;
const withinMs = 30_000;

/** How much comes through a slow link, and whether it is what was printed. */
export const slowLink: Metric = {
  name: 'slow-link',
  rounds: ({ isQuick }) => (isQuick ? 1 : 3),
  measure: async ({ openPage }, { outputFile }) => {
    const page = await openPage();
    const hash = createHash('sha1');
    const slowDown = createBrake(page);
    const onBytes = (piece: Uint8Array) => {
      hash.update(piece);
      slowDown(piece.length);
    };
    // Missing bytes never come: that is a figure, not an error.
    const ms = await receiveExactly(page, {
      command: `head -c ${bytes} ${outputFile}`,
      bytes,
      onBytes,
      withinMs,
    }).catch(() => undefined);
    page.quit();
    const isWhole = hash.digest('hex') === (await hashFile(outputFile));
    return ms === undefined ? { slowLinkWhole: false } : { slowLinkWhole: isWhole, slowLinkSeconds: ms / 1000 };
  },
};

function createBrake(page: Page): (received: number) => void {
  let sincePause = 0;
  return (received) => {
    sincePause += received;
    if (sincePause < pause.afterBytes) return;
    sincePause = 0;
    page.stall();
    setTimeout(() => page.resume(), pause.ms);
  };
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha1');
  for await (const piece of createReadStream(path, { end: bytes - 1 })) hash.update(piece);
  return hash.digest('hex');
}
