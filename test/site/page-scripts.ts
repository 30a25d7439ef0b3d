/**
 * Measures the JavaScript that a built page loads by itself: its scripts, what they import, and what those
 * import, but not what waits for the terminal or the search to be opened. Knows nothing about the site's parts.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Loaded only when a learner opens the terminal or the search, and on the page of those who look on. */
const onDemand = /terminal-pane|xterm|pagefind|\/watch\./;

async function collect(file: string, seen: Map<string, number>): Promise<void> {
  if (seen.has(file)) return;
  const code = await readFile(file, 'utf8');
  seen.set(file, gzipSync(code, { level: 9 }).length);
  const imports = [...code.matchAll(/(?:from|import)\s*\(?\s*["'`](\.{1,2}\/[^"'`]+\.js)["'`]/g)];
  for (const [, path = ''] of imports) if (!onDemand.test(path)) await collect(resolve(dirname(file), path), seen);
}

/** Compressed size in bytes of every script of `page` (such as `first/files/index.html`) by file; inline ones as `(inline)`. */
export async function measurePageScripts(outFolder: string, page: string): Promise<ReadonlyMap<string, number>> {
  const html = await readFile(join(outFolder, page), 'utf8');
  const seen = new Map<string, number>();
  for (const [, path = ''] of html.matchAll(/<script[^>]+src="(\/[^"]+)"/g)) await collect(join(outFolder, path), seen);
  const inline = [
    ...html.matchAll(/<script(?![^>]*(?:src=|application\/json))[^>]*>([^<]*(?:<(?!\/script)[^<]*)*)<\/script>/g),
  ];
  seen.set('(inline)', gzipSync(inline.map(([, code]) => code).join('')).length);
  return seen;
}
