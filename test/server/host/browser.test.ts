import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findBrowser } from '../../../server/host/browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'tadak-browser-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function place(name: string, mode = 0o755): string {
  const path = join(folder, name);
  writeFileSync(path, '');
  chmodSync(path, mode);
  return path;
}

test('the browser is the one that is named, else the first on PATH by any of its names', () => {
  const chrome = place('google-chrome');
  const path = { PATH: `/nowhere::${folder}` };
  expect(findBrowser(path)).toBe(chrome);
  const chromium = place('chromium');
  expect(findBrowser(path)).toBe(chromium);
  const own = place('own');
  expect(findBrowser({ ...path, TADAK_CHROMIUM: own })).toBe(own);
});

test('without one it is said in one sentence what to do', () => {
  expect(() => findBrowser({ PATH: '/nowhere' })).toThrow(
    /^This needs a real Chromium, and PATH has none of chromium, chromium-browser, google-chrome\. Install one \(.*chromium.*\), or name it in TADAK_CHROMIUM\.$/,
  );
  const missing = join(folder, 'missing');
  expect(() => findBrowser({ PATH: folder, TADAK_CHROMIUM: missing })).toThrow(
    `TADAK_CHROMIUM names ${missing}, which`,
  );
});
