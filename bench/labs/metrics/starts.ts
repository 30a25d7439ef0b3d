/**
 * From asking for a lab to its prompt: by a cold boot, by a clone, and from the pool.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { createLabPool, type LabPool } from '../../../server/lab/lab-pool.ts';
import { loadRunFolders } from '../../../server/lab/run-folder.ts';
import { type Figures, percentile } from '../../figures.ts';
import { bootCold } from '../cold-boot.ts';
import { memoryMb, processesOf, processorSeconds } from '../lab-usage.ts';
import { timePrompt } from '../prompt.ts';
import type { World } from '../world.ts';
import { type Metric, roundsOf, timesOf } from './metric.ts';

const lookMs = 50;
/** A lab that stands by is watched so long. */
const watchMs = 10_000;

/** The machine from its kernel on, without a template. Containers have no such thing. */
export const cold: Metric = {
  name: 'cold',
  async measure(world) {
    if (world.options.kind !== 'qemu') return {};
    const values: number[] = [];
    for (let round = 0; round < (world.options.isQuick ? 1 : 3); round += 1) values.push(await bootCold(world));
    return { coldPromptMs: percentile(values, 0.5) };
  },
};

/** A lab of a provider without a pool. */
export const clone: Metric = {
  name: 'clone',
  async measure(world) {
    const { spec, owner, signal } = world;
    const startedAt = performance.now();
    await using provider = await world.openProvider();
    const prepareSeconds = (performance.now() - startedAt) / 1000;
    const values: number[] = [];
    for (let round = 0; round < roundsOf(world); round += 1) {
      const start = () => provider.provision(spec, owner, { signal, onProgress: () => {} });
      const { lab, promptMs } = await timePrompt(start, signal);
      values.push(promptMs);
      await lab[Symbol.asyncDispose]();
    }
    return { prepareSeconds, ...timesOf('clonePrompt', values) };
  },
};

/** A lab of the pool, which is full again each time. */
export const ready: Metric = {
  name: 'ready',
  async measure(world) {
    const { spec, owner, signal } = world;
    await using pool = await openPool(world);
    const claims: number[] = [];
    const prompts: number[] = [];
    let standing: Figures | undefined;
    for (let round = 0; round < roundsOf(world); round += 1) {
      while (pool.ready === 0) await delay(lookMs, undefined, { signal });
      standing ??= await watchStanding(world);
      const start = () => pool.provision(spec, owner, { signal, onProgress: () => {} });
      const { lab, claimMs, promptMs } = await timePrompt(start, signal);
      claims.push(claimMs);
      prompts.push(promptMs);
      await lab[Symbol.asyncDispose]();
    }
    return { ...timesOf('readyClaim', claims), ...timesOf('readyPrompt', prompts), ...standing };
  },
};

async function openPool(world: World): Promise<LabPool> {
  const { spec, owner, signal, note } = world;
  const provider = await world.openProvider();
  const { pooling } = provider;
  if (pooling === undefined) throw new Error(`${provider.kind} labs cannot be pooled`);
  const log = (message: string, details = {}) => {
    if (!message.includes('stands by')) note(`${message} ${JSON.stringify(details)}`);
  };
  const pool = createLabPool(provider, { pooling, size: 1, maxLabs: 2, spec, server: owner.server, log });
  await pool.prepare({ signal, onProgress: () => {} });
  return pool;
}

/** Memory and processor time of the one lab that there is. */
async function watchStanding({ dataFolder, options, signal }: World): Promise<Figures> {
  const folders = await loadRunFolders(options.kind === 'container' ? `${dataFolder}/container` : dataFolder);
  const pids = processesOf(folders.flatMap(({ record }) => (record === undefined ? [] : [record.id, record.sockets])));
  const before = processorSeconds(pids);
  await delay(watchMs, undefined, { signal });
  const standByCpuPercent = ((processorSeconds(pids) - before) / (watchMs / 1000)) * 100;
  return { standByMemoryMb: memoryMb(pids), standByCpuPercent };
}
