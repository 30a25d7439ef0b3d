/**
 * How many labs this computer carries at the same time, and whether its disk has room for another one. Knows nothing about how
 * labs are made, nor who waits for one.
 */
import { Fault } from '../../src/faults.ts';
import { freeDiskMb } from '../host/disk-space.ts';

/** From what the number of labs is reckoned. */
export interface TotalsOptions {
  /** What one lab may fill; left out where labs take no memory of this computer. */
  readonly labMb: number | undefined;
  /** This computer's memory. */
  readonly machineMb: number;
  /** For all labs together, when the operator says so. */
  readonly labsMb: number | undefined;
  /** Labs, when the operator says so: more than the memory holds is then the operator's own wish, unless that was given, too. */
  readonly maxLabs: number | undefined;
}

/** The part of the memory that labs may fill together: a laptop's browser and the system need the rest. */
const memoryShare = 0.75;
const labsWithoutMemory = 200;

/** Labs at the same time. Throws Fault `lab-memory-low` when the operator's figure holds none. */
export function countLabs({ labMb, machineMb, labsMb, maxLabs }: TotalsOptions): number {
  if (labMb === undefined) return maxLabs ?? labsWithoutMemory;
  if (labsMb !== undefined && labsMb < labMb) throw new Fault('lab-memory-low', { haveMb: labsMb, needMb: labMb });
  const held = Math.max(1, Math.floor((labsMb ?? machineMb * memoryShare) / labMb));
  return maxLabs === undefined ? held : labsMb === undefined ? maxLabs : Math.min(maxLabs, held);
}

/** What is kept free. */
export interface ReserveOptions {
  readonly folders: readonly string[];
  /** 0 keeps nothing free. */
  readonly reserveMb: number;
  /** Told when the room begins and ceases to be too little. */
  readonly log: (message: string, details?: Record<string, string | number>) => void;
}

/** Says, whenever asked, why no lab may be started now; `undefined` when there is room. */
export function watchReserve({ folders, reserveMb, log }: ReserveOptions): () => Fault | undefined {
  let wasLow = false;
  return () => {
    const free = folders.map((path) => ({ path, freeMb: freeDiskMb(path) ?? Number.POSITIVE_INFINITY }));
    const low = free.find(({ freeMb }) => freeMb < reserveMb);
    if (low && !wasLow) log('disk reserve reached, no new labs', { ...low, reserveMb });
    if (!low && wasLow) log('disk has room again, labs are started', { reserveMb });
    wasLow = low !== undefined;
    return low && new Fault('lab-host-low');
  };
}
