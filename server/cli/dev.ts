/**
 * `tadak dev`: the course as it is being written, with real labs, on this computer only.
 */
import { Fault } from '../../src/faults.ts';
import type { Config } from '../config.ts';
import { runServer } from './start.ts';
import type { Terminal } from './terminal.ts';
import { words } from './words.ts';

const loopback: readonly string[] = ['127.0.0.1', 'localhost', '::1'];

/** Runs the preview until it is told to stop. Throws Fault `preview-not-local` when others could reach it. */
export async function runDev(config: Config, terminal: Terminal): Promise<number> {
  const option = openingOption(config);
  if (option !== undefined) throw new Fault('preview-not-local', { option });
  return runServer(config, terminal, { preview: true, hello: (url) => words.previewing(url, config.course) });
}

/** The option that would let others in. */
function openingOption(config: Config): string | undefined {
  if (!loopback.includes(config.host)) return `--host ${config.host}`;
  if (config['allow-origin'].length > 0) return `--allow-origin ${config['allow-origin'].join(' ')}`;
  return config.production ? '--production' : undefined;
}
