/**
 * The command line and the environment of `bench:terminal`. Knows nothing about what is measured.
 */
import { parseArgs } from 'node:util';
import type { ServerPaths } from './servers/kinds.ts';

/** What to run and how to say it. */
export interface BenchOptions {
  readonly isQuick: boolean;
  readonly isJson: boolean;
  /** Names of metrics; empty for all. */
  readonly only: readonly string[];
  readonly paths: ServerPaths;
}

/** Where other servers are. */
const variables = { ttyd: 'TADAK_BENCH_TTYD', wetty: 'TADAK_BENCH_WETTY' } as const;

/** Reads the options. Throws an error that names what it does not know. */
export function parseBenchOptions(
  line: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
): BenchOptions {
  const { values } = parseArgs({
    args: [...line],
    options: { quick: { type: 'boolean' }, json: { type: 'boolean' }, only: { type: 'string' } },
  });
  const only = values.only?.split(',') ?? [];
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`--only ${unknown.join(',')}: ${names.join(' | ')}`);
  const { [variables.ttyd]: ttyd, [variables.wetty]: wetty } = env;
  const paths = { ...(ttyd && { ttyd }), ...(wetty && { wetty }) };
  return { isQuick: values.quick === true, isJson: values.json === true, only, paths };
}
