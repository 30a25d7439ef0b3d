/**
 * What a bench says about the machine that it ran on.
 */
import { cpus, release, totalmem } from 'node:os';

/** A machine, as far as figures depend on it. */
export interface Machine {
  readonly cpus: number;
  readonly memoryMb: number;
  readonly node: string;
  readonly kernel: string;
}

/** The machine that this runs on. */
export function describeMachine(): Machine {
  return {
    cpus: cpus().length,
    memoryMb: Math.round(totalmem() / 2 ** 20),
    node: process.version,
    kernel: release(),
  };
}
