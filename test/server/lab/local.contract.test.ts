import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLocalProvider } from '../../../server/lab/local.ts';
import { buildAddresses } from '../../../src/course/addresses.ts';
import type { LearnerId } from '../../../src/course/ids.ts';
import { isRunning } from '../../support/processes.ts';

const spec = { start: 'none', addresses: buildAddresses('private') };
const owner = { learner: 'ada' as LearnerId, server: 'this-server' };
const { signal } = new AbortController();
const quietly = { signal, onProgress: () => {} };

async function openLab() {
  const folder = await mkdtemp(join(tmpdir(), 'tadak-test-'));
  const provider = createLocalProvider({ production: false, folder });
  const lab = await provider.provision(spec, owner, quietly);
  const close = async () => {
    await provider[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  };
  return { folder, provider, lab, [Symbol.asyncDispose]: close };
}

test('there is no local lab in production', () => {
  expect(() => createLocalProvider({ production: true })).toThrow(
    expect.objectContaining({ code: 'lab-kind-refused' }),
  );
});

test('a script runs in the private home, with an empty input and nothing of the server in its environment', async () => {
  await using world = await openLab();
  const result = await world.lab.exec('cat; cd; pwd; env | grep -c VITEST; echo oops >&2; exit 4', {
    signal,
    timeoutMs: 10_000,
  });
  expect(result).toMatchObject({ kind: 'exited', exitCode: 4, stderr: 'oops\n', truncated: false });
  expect(result).toMatchObject({ stdout: expect.stringMatching(new RegExp(`^${world.folder}/lab-\\w+\n0\n$`)) });
});

test('a script of half a megabyte runs, a killed one has its signal in the exit code', async () => {
  await using world = await openLab();
  const long = `#${'x'.repeat(500_000)}\necho ran`;
  expect(await world.lab.exec(long, { signal, timeoutMs: 10_000 })).toMatchObject({ stdout: 'ran\n' });
  expect(await world.lab.exec('kill -9 $$', { signal, timeoutMs: 10_000 })).toMatchObject({ exitCode: 137 });
});

test('output beyond its limit is cut between characters and said to be', async () => {
  await using world = await openLab();
  const result = await world.lab.exec('yes 한글 | head -c 1000001', {
    signal,
    timeoutMs: 10_000,
    maxOutputBytes: 1_000,
  });
  expect(result).toMatchObject({ kind: 'exited', exitCode: 0, truncated: true });
  const { stdout } = result as { readonly stdout: string };
  expect(Buffer.byteLength(stdout)).toBeLessThanOrEqual(1_000);
  expect(stdout).not.toContain('\ufffd');
});

test('a sweep removes what dead servers left, processes too, and keeps what is owned', async () => {
  await using world = await openLab();
  const left = await world.provider.provision(spec, { ...owner, server: 'dead-server' }, quietly);
  const started = await left.exec('setsid sleep 600 & echo $!', { signal, timeoutMs: 10_000 });
  const process = Number('stdout' in started ? started.stdout : 0);
  await expect.poll(() => isRunning(process)).toBe(true);
  expect(await world.provider.sweep(({ server }) => server === 'this-server')).toBe(1);
  expect([isRunning(process), await readdir(world.folder)]).toEqual([false, [`lab-${world.lab.id}`]]);
});
