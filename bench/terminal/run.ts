/**
 * `npm run bench:terminal [-- --quick] [--json] [--only echo,memory]`: measures the terminal's path beside a naive
 * server, and beside ttyd and wetty where the environment says where they are. Read ratios, not milliseconds:
 * machines differ and are busy. README.md explains the figures.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guessLanguage } from '../../server/config.ts';
import { type Figures, mergeRounds } from '../figures.ts';
import { describeMachine } from '../machine.ts';
import { judge } from './goals.ts';
import { metrics } from './metrics/all.ts';
import type { Metric, Plan } from './metrics/metric.ts';
import { createMixedOutput } from './mixed-output.ts';
import { parseBenchOptions } from './options.ts';
import { type BenchResult, formatReport } from './report.ts';
import { type KindName, kindNames, type ServerPlaces, startServer } from './servers/kinds.ts';

const names = metrics.map(({ name }) => name);
const options = parseBenchOptions(process.argv.slice(2), process.env, names);
const failures: string[] = [];

async function measureOnce(metric: Metric, kind: KindName, plan: Plan, places: ServerPlaces): Promise<Figures> {
  process.stderr.write(`${metric.name}: ${kind}\n`);
  try {
    await using server = await startServer(kind, places);
    return await metric.measure(server, plan);
  } catch (error) {
    failures.push(`${metric.name}, ${kind}: ${(error as Error).message}`);
    return {};
  }
}

/** A server's first start compiles its code; every later one finds it compiled. */
async function startOnce(kind: KindName, places: ServerPlaces): Promise<void> {
  process.stderr.write(`first start: ${kind}\n`);
  await using server = await startServer(kind, places);
  using _page = await server.openPage();
}

/** The servers take turns, and every other round in the other order, so that a busy minute meets all of them. */
async function measureAll(
  metric: Metric,
  kinds: readonly KindName[],
  plan: Plan,
  places: ServerPlaces,
): Promise<Map<KindName, Figures>> {
  const rounds = new Map<KindName, Figures[]>(kinds.map((kind) => [kind, []]));
  for (let round = 0; round < metric.rounds(plan); round += 1) {
    for (const kind of round % 2 === 0 ? kinds : kinds.toReversed())
      rounds.get(kind)?.push(await measureOnce(metric, kind, plan, places));
  }
  return new Map([...rounds].map(([kind, figures]) => [kind, mergeRounds(figures)]));
}

async function run(plan: Plan, places: ServerPlaces): Promise<BenchResult> {
  const kinds = kindNames.filter((kind) => kind === 'tadak' || kind === 'naive' || options.paths[kind] !== undefined);
  const servers = Object.fromEntries(kinds.map((kind) => [kind, {}])) as Record<KindName, Figures>;
  for (const kind of kinds) await startOnce(kind, places);
  for (const metric of metrics.filter(({ name }) => options.only.length === 0 || options.only.includes(name))) {
    for (const [kind, figures] of await measureAll(metric, kinds, plan, places))
      servers[kind] = { ...servers[kind], ...figures };
  }
  const { isQuick } = plan;
  return { version: 1, isQuick, machine: describeMachine(), servers, goals: judge(servers), failures };
}

const folder = await mkdtemp(join(tmpdir(), 'tadak-bench-'));
try {
  const outputBytes = 50_000_000;
  const outputFile = join(folder, 'output');
  await writeFile(outputFile, createMixedOutput(outputBytes));
  const places = { paths: options.paths, compileCache: join(folder, 'compiled') };
  const result = await run({ isQuick: options.isQuick, outputFile, outputBytes }, places);
  const said = options.isJson ? `${JSON.stringify(result)}\n` : formatReport(result, guessLanguage(process.env));
  process.stdout.write(said);
  process.exitCode = result.goals.every(({ holds }) => holds) ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
