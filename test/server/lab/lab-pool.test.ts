/**
 * The pool over real local labs. Only time is made up; what a test cannot wait for (a lab that dies, one that is slow) is
 * brought about through the provider's own door.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { Lab, LabProvider } from '../../../server/lab/lab.ts';
import { createLabPool, type LabPool, type LabPoolOptions } from '../../../server/lab/lab-pool.ts';
import { createLocalProvider } from '../../../server/lab/local.ts';
import { buildAddresses } from '../../../src/course/addresses.ts';
import type { LearnerId } from '../../../src/course/ids.ts';
import { Fault } from '../../../src/faults.ts';

const spec = { start: 'none', addresses: buildAddresses('private') };
const other = { ...spec, start: 'selinux' };
const { signal } = new AbortController();
const quietly = { signal, onProgress: () => {} };
const server = 'this-server';
const ada = { learner: 'ada' as LearnerId, server };
const ben = { learner: 'ben' as LearnerId, server };

interface World extends AsyncDisposable {
  readonly pool: LabPool;
  readonly folder: string;
  readonly provider: LabProvider;
  /** Labs that were made, with a way to lose them. */
  readonly made: { readonly lab: Lab; readonly owner: string; lose(): void }[];
  readonly lines: string[];
  /** Holds back the next labs until it is called. */
  readonly hold: () => () => void;
  /** Labs that were asked for, made or not. */
  asked(): number;
  /** Most labs at once. */
  most(): number;
}

async function openWorld(options: Partial<LabPoolOptions> = {}): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'tadak-pool-'));
  const local = createLocalProvider({ production: false, folder });
  const made: World['made'] = [];
  const lines: string[] = [];
  let gate: Promise<void> = Promise.resolve();
  let [asked, most] = [0, 0];
  const provider: LabProvider = {
    ...local,
    provision: async (wanted, owner, waiting) => {
      asked += 1;
      await Promise.race([gate, new Promise((resolve) => waiting.signal.addEventListener('abort', resolve))]);
      waiting.signal.throwIfAborted();
      const lab = await local.provision(wanted, owner, waiting);
      most = Math.max(most, local.pooling?.labs ?? 0);
      const listeners = new Set<(fault: Fault) => void>();
      const onLost = (listener: (fault: Fault) => void) => {
        listeners.add(listener);
        return { [Symbol.dispose]: () => void listeners.delete(listener) };
      };
      const lose = () => {
        for (const listener of [...listeners]) listener(new Fault('lab-lost'));
      };
      made.push({ lab: Object.assign(lab, { onLost }), owner: owner.learner, lose });
      return lab;
    },
  };
  const labs = () => local.pooling?.labs ?? 0;
  const pooling = {
    get labs() {
      return labs();
    },
    onEnd: (listener: () => void) => local.pooling?.onEnd(listener) as Disposable,
    keyOf: ({ start }: { readonly start: string }) => start,
  };
  const log = (message: string) => void lines.push(message);
  const pool = createLabPool(provider, { pooling, size: 1, maxLabs: 4, spec, server, log, restMs: 0, ...options });
  const hold = () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    return resolve;
  };
  const close = async () => {
    await pool[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  };
  return {
    ...{ pool, folder, provider, made, lines, hold, most: () => most, asked: () => asked },
    [Symbol.asyncDispose]: close,
  };
}

/** Asks until it is so; does not depend on timers, which tests may stop. */
async function until(what: () => boolean, seen: () => unknown): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!what()) {
    if (performance.now() > deadline) throw new Error(`never happened; last seen: ${JSON.stringify(seen())}`);
    await nextTurn();
  }
}
const untilReady = ({ pool, lines }: World, ready = 1) =>
  until(
    () => pool.ready === ready,
    () => [pool.ready, lines],
  );
const untilAsked = ({ asked }: World, times: number) => until(() => asked() === times, asked);

async function ownersOnDisk(folder: string): Promise<unknown[]> {
  const homes = await readdir(folder);
  return Promise.all(homes.map(async (home) => JSON.parse(await readFile(join(folder, home, 'owner.json'), 'utf8'))));
}

test('a lab stands by, belongs to nobody until a student takes it, and another takes its place', async () => {
  await using world = await openWorld();
  const { pool, folder, made } = world;
  expect(await readdir(folder)).toEqual([]);
  await pool.prepare(quietly);
  await untilReady(world);
  expect(await ownersOnDisk(folder)).toEqual([{ learner: 'nobody', server }]);
  const lab = await pool.provision(spec, ada, quietly);
  expect(lab).toBe(made[0]?.lab);
  expect(await ownersOnDisk(folder)).toEqual([ada]);
  await untilReady(world);
  expect(made.map(({ owner }) => owner)).toEqual(['nobody', 'nobody']);
});

test('a wish for another machine is made as before, and the ready lab stays', async () => {
  await using world = await openWorld();
  await world.pool.prepare(quietly);
  await untilReady(world);
  const lab = await world.pool.provision(other, ada, quietly);
  expect(lab).toBe(world.made[1]?.lab);
  expect(world.made[1]?.owner).toBe('ada');
  expect(world.pool.ready).toBe(1);
});

test('who comes while a lab is being made gets that one and hears how far it is; the next one is made anew', async () => {
  await using world = await openWorld();
  const open = world.hold();
  await world.pool.prepare(quietly);
  await untilAsked(world, 1);
  const labs = Promise.all([world.pool.provision(spec, ada, quietly), world.pool.provision(spec, ben, quietly)]);
  await untilAsked(world, 2); // The second is under way before the first is there.
  open();
  await labs;
  expect(world.made.map(({ owner }) => owner).sort()).toEqual(['ben', 'nobody']);
  expect((await ownersOnDisk(world.folder)).length).toBe(2);
});

test('a student who goes away while a lab is being made leaves it to the pool', async () => {
  await using world = await openWorld();
  const open = world.hold();
  await world.pool.prepare(quietly);
  await untilAsked(world, 1);
  const abort = new AbortController();
  const waiting = world.pool.provision(spec, ada, { ...quietly, signal: abort.signal });
  abort.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  open();
  await untilReady(world);
  expect(world.made.map(({ owner }) => owner)).toEqual(['nobody']);
});

test('nothing is made for the pool while a student waits', async () => {
  await using world = await openWorld({ size: 2 });
  await world.pool.prepare(quietly);
  await untilReady(world, 2);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const open = world.hold();
    const waiting = world.pool.provision(other, ada, quietly);
    await world.pool.provision(spec, ben, quietly);
    expect(world.pool.ready).toBe(1);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(world.asked()).toBe(3);
    open();
    await waiting;
    await vi.advanceTimersByTimeAsync(1);
    await untilReady(world, 2);
  } finally {
    vi.useRealTimers();
  }
});

test('where labs are counted out the pool gives way, and is back when there is room', async () => {
  await using world = await openWorld({ maxLabs: 2 });
  await world.pool.prepare(quietly);
  await untilReady(world);
  const first = await world.pool.provision(other, ada, quietly);
  expect(world.pool.ready).toBe(1);
  await world.pool.provision(other, ben, quietly);
  expect(world.pool.ready).toBe(0);
  expect(await ownersOnDisk(world.folder)).toEqual(expect.arrayContaining([ada, ben]));
  expect(world.most()).toBe(2);
  await first[Symbol.asyncDispose]();
  await untilReady(world);
  expect(world.most()).toBe(2);
});

test('while the computer is short of something none is made to stand by, and one is when that is over', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    let hasRoom = false;
    await using world = await openWorld({ hasRoom: () => hasRoom });
    await world.pool.prepare(quietly);
    await vi.advanceTimersByTimeAsync(600_000);
    expect([world.asked(), world.pool.ready]).toEqual([0, 0]);
    hasRoom = true;
    await vi.advanceTimersByTimeAsync(30_000);
    await untilReady(world);
  } finally {
    vi.useRealTimers();
  }
});

test('a lab that dies while it stands by is replaced, later each time, and no student notices', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    await using world = await openWorld();
    await world.pool.prepare(quietly);
    await vi.advanceTimersByTimeAsync(0);
    await untilReady(world);
    for (const [index, restMs] of [8_000, 16_000, 32_000].entries()) {
      world.made[index]?.lose();
      await until(
        () => world.pool.pooling?.labs === 0,
        () => world.lines,
      );
      await vi.advanceTimersByTimeAsync(restMs - 1);
      expect(world.asked()).toBe(index + 1);
      await vi.advanceTimersByTimeAsync(1);
      await untilReady(world);
    }
    // One that somebody could use ends the series.
    await world.pool.provision(spec, ada, quietly);
    await vi.advanceTimersByTimeAsync(0);
    await untilReady(world);
  } finally {
    vi.useRealTimers();
  }
});

test('a ready lab that cannot be handed out is thrown away, and the student gets another', async () => {
  await using world = await openWorld();
  await world.pool.prepare(quietly);
  await untilReady(world);
  await rm(world.folder, { recursive: true }); // Its home is gone, so that its owner cannot be noted.
  const lab = await world.pool.provision(spec, ada, quietly);
  expect(lab).toBe(world.made[1]?.lab);
  expect(await ownersOnDisk(world.folder)).toContainEqual(ada);
  expect(world.lines).toContain('ready lab could not be handed out');
});

test('the end of the pool leaves nothing, not even what is being made', async () => {
  const world = await openWorld({ size: 2 });
  await world.pool.prepare(quietly);
  await untilReady(world, 2);
  world.hold();
  await world.pool.provision(spec, ada, quietly);
  await untilAsked(world, 3);
  await world.pool[Symbol.asyncDispose]();
  expect(await readdir(world.folder)).toEqual([]);
  await world[Symbol.asyncDispose]();
});

test('a sweep removes ready labs of a server that is gone, and no others', async () => {
  await using world = await openWorld();
  await world.pool.prepare(quietly);
  await untilReady(world);
  expect(await world.pool.sweep((owner) => owner.server === server)).toBe(0);
  expect(await world.pool.sweep((owner) => owner.server === 'another-server')).toBe(1);
});
