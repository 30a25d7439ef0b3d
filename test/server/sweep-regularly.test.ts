/** What a lab could not be cleared of is removed by a running server, too, and nothing else is. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { serverIdentity } from '../../server/data/server-identity.ts';
import type { LabOwner } from '../../server/lab/lab.ts';
import { createLocalProvider } from '../../server/lab/local.ts';
import { sweepRegularly } from '../../server/take-over-labs.ts';
import { buildAddresses } from '../../src/course/addresses.ts';
import type { LearnerId } from '../../src/course/ids.ts';

const server = 'this-server';
const owner: LabOwner = { learner: 'ada' as LearnerId, server };
const spec = { start: 'none', addresses: buildAddresses('class') };
const waiting = { signal: new AbortController().signal, onProgress: () => {} };
const minuteMs = 60_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => void vi.useRealTimers());

async function openWorld() {
  const folder = await mkdtemp(join(tmpdir(), 'tadak-sweep-'));
  const open = () => createLocalProvider({ production: false, folder });
  const local = open();
  const engine = { isGone: false, asked: 0 };
  const provider = {
    ...local,
    sweep: (...args: Parameters<typeof local.sweep>) => {
      engine.asked += 1;
      return engine.isGone ? Promise.reject(new Error('no engine')) : local.sweep(...args);
    },
  };
  const lines: string[] = [];
  const log = { write: (line: string) => void lines.push(line) } as never;
  const sweeping = sweepRegularly(provider, { server, log });
  const homeOf = ({ id }: { readonly id: string }) => join(folder, `lab-${id}`);
  return {
    ...{ folder, open, provider, engine, lines, sweeping, homeOf },
    [Symbol.asyncDispose]: async () => {
      await sweeping[Symbol.asyncDispose]();
      await provider[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

test('after a minute what no ledger knows is gone; labs that live, here or of another server, stay', async () => {
  await using world = await openWorld();
  const { provider, open, homeOf, folder } = world;
  const mine = await provider.provision(spec, owner, waiting);
  // Made under this server's name, and forgotten, as after an end that failed.
  const left = await open().provision(spec, owner, waiting);
  const dead = await open().provision(spec, { ...owner, server: 'dead-server' }, waiting);
  const other = await open().provision(spec, { ...owner, server: serverIdentity() ?? '' }, waiting);
  await mkdir(join(folder, 'lab-half'));
  vi.advanceTimersByTime(minuteMs - 1);
  expect(await readdir(folder)).toHaveLength(5);
  vi.advanceTimersByTime(1);
  await expect.poll(() => world.lines, { timeout: 10_000 }).toEqual(['removed what was left of labs']);
  expect([mine, left, dead, other].map((lab) => existsSync(homeOf(lab)))).toEqual([true, false, false, true]);
  expect(existsSync(join(folder, 'lab-half'))).toBe(false);
});

test('a lab that is still being made is never taken for a left-over, and one that has ended is', async () => {
  await using world = await openWorld();
  const { provider, homeOf } = world;
  const lab = await provider.provision(spec, owner, waiting);
  // As long as nobody wrote whose it is.
  await writeFile(join(homeOf(lab), 'owner.json'), '');
  expect(await provider.sweep((_owner, isKnown) => isKnown)).toBe(0);
  await lab[Symbol.asyncDispose]();
  await mkdir(homeOf(lab));
  expect(await provider.sweep((_owner, isKnown) => isKnown)).toBe(1);
});

test('a sweep that fails is said once, as long as it is the same, and tried again; the end waits for one under way', async () => {
  await using world = await openWorld();
  const { engine, lines, open, homeOf } = world;
  engine.isGone = true;
  for (const times of [1, 2, 3]) {
    vi.advanceTimersByTime(minuteMs);
    await expect.poll(() => engine.asked, { timeout: 10_000 }).toBe(times);
    await new Promise(setImmediate);
  }
  expect(lines).toEqual(['sweep failed']);
  engine.isGone = false;
  const left = await open().provision(spec, owner, waiting);
  vi.advanceTimersByTime(minuteMs);
  await world.sweeping[Symbol.asyncDispose]();
  expect(existsSync(homeOf(left))).toBe(false);
});
