/**
 * One thing that is measured.
 */
import { type Figures, percentile } from '../../figures.ts';
import type { World } from '../world.ts';

/** A metric. */
export interface Metric {
  readonly name: string;
  measure(world: World): Promise<Figures>;
}

/** How often something is done whose time is asked for. */
export const roundsOf = ({ options }: World): number => (options.isQuick ? 5 : 20);

/** Times that were taken, as the figures `…P50Ms` and `…P95Ms`. */
export function timesOf(key: string, values: readonly number[]): Figures {
  return { [`${key}P50Ms`]: percentile(values, 0.5), [`${key}P95Ms`]: percentile(values, 0.95) };
}
