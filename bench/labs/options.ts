/**
 * The command line of `bench:labs`. Knows nothing about what is measured.
 */
import { parseArgs } from 'node:util';

/** What to run and how to say it. */
export interface BenchOptions {
  readonly kind: 'qemu' | 'container';
  readonly isQuick: boolean;
  readonly isJson: boolean;
  /** Most labs at once. */
  readonly labsMax: number;
  /** Names of metrics; empty for all. */
  readonly only: readonly string[];
}

const usage = '[--lab qemu|container] [--quick] [--json] [--labs-max 1–200] [--only metric,…]';

/** Reads the options. Throws an error that names what it does not know. */
export function parseBenchOptions(line: readonly string[], names: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...line],
    options: {
      lab: { type: 'string', default: 'qemu' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      'labs-max': { type: 'string', default: '20' },
      only: { type: 'string' },
    },
  });
  const only = values.only?.split(',') ?? [];
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`--only ${unknown.join(',')}: ${names.join(' | ')}`);
  const { lab: kind, quick: isQuick, json: isJson } = values;
  if (kind !== 'qemu' && kind !== 'container') throw new Error(`--lab ${kind}: ${usage}`);
  const labsMax = Number(values['labs-max']);
  if (!Number.isInteger(labsMax) || labsMax < 1 || labsMax > 200)
    throw new Error(`--labs-max ${values['labs-max']}: ${usage}`);
  return { kind, isQuick, isJson, labsMax, only };
}
