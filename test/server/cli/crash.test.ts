import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = new URL('../../..', import.meta.url).pathname;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tadak-crash-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program that does something nobody expected. */
function crash(code: string, log: string) {
  const program = `
    import { watchForCrash } from './server/cli/crash.ts';
    import { createTerminal } from './server/cli/terminal.ts';
    const terminal = createTerminal('en', { out: process.stdout, error: process.stderr, now: Date.now });
    watchForCrash(terminal, { logPath: ${JSON.stringify(log)}, labsOutlive: () => true });
    setTimeout(() => console.log('still there'), 5_000);
    ${code}`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', program], { cwd: root, encoding: 'utf8' });
}

test.each([
  ['an error in a timer', `setTimeout(() => { throw new Error('out of the blue'); }, 1);`],
  ['a promise that nobody waits for', `void Promise.reject(new Error('out of the blue'));`],
])('%s is logged with its place, said in one sentence, and ends the process', (_name, code) => {
  const log = join(folder, 'server.log');
  const { status, stdout, stderr } = crash(code, log);
  expect(status).toBe(70);
  expect(stdout).toBe('');
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringContaining(`ended by an error of its own; ${log}`),
    expect.stringContaining('Labs that were running run on'),
  ]);
  const last = JSON.parse(readFileSync(log, 'utf8').trim().split('\n').at(-1) ?? '') as { readonly stack: string };
  expect(last).toMatchObject({ line: 'crashed', stack: expect.stringContaining('Error: out of the blue') });
  expect(statSync(log).mode & 0o777).toBe(0o600);
});

test('where the log cannot be written the error itself is printed', () => {
  const { status, stderr } = crash(`throw new Error('out of the blue');`, join(folder, 'missing', 'server.log'));
  expect(status).toBe(70);
  expect(stderr).toContain('Error: out of the blue');
});
