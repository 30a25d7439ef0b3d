/** Labs that are a shell on this machine. Nothing of it is changed: what they run only reads, waits and writes below `/tmp`. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { createLocalProvider } from '../../server/lab/local.ts';
import { describeLabProvider } from './lab-suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'tadak-local-'));
afterAll(() => {
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
});

describeLabProvider({
  make: () => createLocalProvider({ production: false, folder, capabilities: ['podman'] }),
  capabilities: ['podman'],
  parts: ['standBy'],
  providerParts: ['pooling'],
  machine: 'host',
  prepareTimeoutMs: 60_000,
});
