/**
 * A virtual network without a wire of its own: for whoever carries the frames some other way.
 * Knows nothing about how they travel.
 */
import { randomBytes } from 'node:crypto';
import { createNetwork, type Network } from './network.ts';
import { buildPlan, type VmnetSettings } from './plan.ts';

/** The network's answers to frames. Throws on a setting that cannot be used. */
export function createFrameAnswerer(settings: VmnetSettings): Network {
  const plan = buildPlan(settings);
  if ('setting' in plan) throw new RangeError(`${plan.setting}: ${plan.value}`);
  return createNetwork(plan, { randomSequence: () => randomBytes(4).readUInt32BE() });
}
