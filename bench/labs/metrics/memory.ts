/**
 * What idle labs take, one, a few and many of them. Processes that students would start are not among them.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Lab, LabProvider } from '../../../server/lab/lab.ts';
import type { Figures } from '../../figures.ts';
import { availableMb, memoryMb, processesOf, processorSeconds } from '../lab-usage.ts';
import { measureDiskMb } from '../measure-disk.ts';
import { labCounts } from '../rows.ts';
import type { World } from '../world.ts';
import type { Metric } from './metric.ts';

/** Until what a start left to do is done. */
const settleMs = { quick: 5_000, full: 20_000 } as const;
/** Left to the rest of the machine. */
const spareMb = 1_500;

/** Memory, processor time and disk. */
export const memory: Metric = {
  name: 'memory',
  async measure(world) {
    const { options, signal, note } = world;
    await using provider = await world.openProvider();
    const labs: Lab[] = [];
    const most = Math.max(...labCounts);
    let figures: Figures = {};
    for (const count of [...labCounts.filter((each) => each < options.labsMax), Math.min(most, options.labsMax)]) {
      const obstacle = await startUntil(count, { world, provider, labs });
      if (obstacle !== undefined) note(`Only ${labs.length} labs: ${obstacle}`);
      if (labs.length === 0) break;
      await delay(options.isQuick ? settleMs.quick : settleMs.full, undefined, { signal });
      const pids = await processesOfAll(world, labs);
      const each = memoryMb(pids) / labs.length;
      if (labs.length === 1) figures = { ...figures, ...(await measureOne(world, labs[0] as Lab, pids)) };
      if (labs.length === count && labCounts.some((asked) => asked === count))
        figures = { ...figures, [`memoryAt${count}Mb`]: each };
      figures = { ...figures, labsReached: labs.length, memoryAtMostMb: each };
      if (labs.length < count) break;
    }
    if (options.labsMax < most) note(`Only ${options.labsMax} of ${most} labs, as --labs-max says.`);
    return figures;
  },
};

/** Says what stood in the way when there are fewer than asked for. */
async function startUntil(
  count: number,
  { world, provider, labs }: { readonly world: World; readonly provider: LabProvider; readonly labs: Lab[] },
): Promise<string | undefined> {
  const { spec, owner, signal } = world;
  while (labs.length < count) {
    if (availableMb() < spareMb) return `less than ${spareMb} MB of memory would have been left.`;
    try {
      labs.push(await provider.provision(spec, owner, { signal, onProgress: () => {} }));
    } catch (thrown) {
      signal.throwIfAborted();
      return `the next one did not start. ${thrown instanceof Error ? thrown.message : String(thrown)}`;
    }
  }
  return undefined;
}

async function processesOfAll(world: World, labs: readonly Lab[]): Promise<readonly number[]> {
  const marks = await Promise.all(labs.map((lab) => world.marksOf(lab)));
  return processesOf(marks.flatMap((each) => each.marks));
}

async function measureOne(world: World, lab: Lab, pids: readonly number[]): Promise<Figures> {
  const seconds = settleMs.quick / 1000;
  const before = processorSeconds(pids);
  await delay(settleMs.quick, undefined, { signal: world.signal });
  const idleCpuPercent = ((processorSeconds(pids) - before) / seconds) * 100;
  return { idleCpuPercent, diskPerLabMb: await measureDiskMb(world, lab) };
}
