/**
 * What every metric is. Each is measured on a server that was just started for it alone.
 */
import type { Figures } from '../../figures.ts';
import type { MeasuredServer } from '../servers/kinds.ts';

/** What a run provides. */
export interface Plan {
  /** A short run: fewer repetitions, no minute of waiting. */
  readonly isQuick: boolean;
  /** Mixed output as programs print it, and how much of it there is, bytes. */
  readonly outputFile: string;
  readonly outputBytes: number;
}

/** One measurement. */
export interface Metric {
  readonly name: string;
  /** How often it is repeated, the servers taking turns. */
  rounds(plan: Plan): number;
  /** Measures one server. Throws when it does not get as far as having figures. */
  measure(server: MeasuredServer, plan: Plan): Promise<Figures>;
}
