/**
 * `npm run bench:labs [-- --lab container] [--quick] [--json] [--labs-max 5] [--only clone,ready]`: what labs cost on this
 * machine, with and without the pool of ready ones. README.md explains the figures.
 */
import { loadavg } from 'node:os';
import { guessLanguage, parseConfig } from '../../server/config.ts';
import { findBrowser } from '../../server/host/browser.ts';
import type { Figures } from '../figures.ts';
import { describeMachine } from '../machine.ts';
import { judge } from './goals.ts';
import { metrics } from './metrics/all.ts';
import { type BenchOptions, parseBenchOptions } from './options.ts';
import { type BenchResult, formatReport } from './report.ts';
import { openWorld } from './world.ts';

async function run(options: BenchOptions, signal: AbortSignal): Promise<BenchResult> {
  const [load = 0] = loadavg();
  const notes: string[] = [];
  const note = (sentence: string) => void (notes.includes(sentence) || notes.push(sentence));
  const { engineEnvironment, buildEnvironment } = parseConfig({}, process.env);
  await using world = await openWorld({
    ...{ options, signal, note, engineEnvironment, buildEnvironment },
    findBrowser: () => findBrowser(process.env),
  });
  let figures: Figures = {};
  for (const { name, measure } of metrics.filter(
    ({ name }) => options.only.length === 0 || options.only.includes(name),
  )) {
    process.stderr.write(`${name}\n`);
    const measured = await measure(world).catch((thrown: unknown) => {
      signal.throwIfAborted();
      note(`${name}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
      return {};
    });
    figures = { ...figures, ...measured };
  }
  figures = { ...figures, ...ratios(figures) };
  const { kind, isQuick } = options;
  const machine = { ...describeMachine(), load };
  return { version: 1, kind, isQuick, machine, figures, goals: judge(figures, kind), notes };
}

/** How many times as long a cold boot takes. */
function ratios({ coldPromptMs: cold, clonePromptP50Ms: clone, readyPromptP50Ms: ready }: Figures): Figures {
  if (typeof cold !== 'number') return {};
  return {
    ...(typeof clone === 'number' && { coldOverClone: cold / clone }),
    ...(typeof ready === 'number' && { coldOverReady: cold / ready }),
  };
}

const abort = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => abort.abort(new Error(name)));
const names = metrics.map(({ name }) => name);
const options = parseBenchOptions(process.argv.slice(2), names);
const result = await run(options, abort.signal);
process.stdout.write(options.isJson ? `${JSON.stringify(result)}\n` : formatReport(result, guessLanguage(process.env)));
process.exitCode = result.goals.every(({ holds }) => holds) ? 0 : 1;
