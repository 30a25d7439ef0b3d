/** How measured values become figures, ratios and verdicts, and that every key is documented. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mergeRounds, percentile } from '../../bench/figures.ts';
import { judge } from '../../bench/terminal/goals.ts';
import { metrics } from '../../bench/terminal/metrics/all.ts';
import { createMixedOutput } from '../../bench/terminal/mixed-output.ts';
import { parseBenchOptions } from '../../bench/terminal/options.ts';
import { rows } from '../../bench/terminal/rows.ts';

test('percentiles and medians are those of the values', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([0.5, 0.95, 0.99, 1].map((part) => percentile(values, part))).toEqual([51, 96, 100, 100]);
  expect(
    mergeRounds([
      { a: 3, b: true },
      { a: 1, b: false },
      { a: 2, b: true },
    ]),
  ).toEqual({ a: 2, b: false });
  expect(mergeRounds([{ a: 1 }, { a: 4 }, {}])).toEqual({ a: 2.5 });
});

test('goals compare ours with the others of the same run', () => {
  const naive = { echoP50Ms: 1, throughputMbPerSecond: 50 };
  const results = judge({ tadak: { echoP50Ms: 1.1, throughputMbPerSecond: 70, cutSessionKept: false }, naive });
  expect(results.map(({ key, bound, holds }) => [key, bound, holds])).toEqual([
    ['echoP50Ms', 1, false],
    ['throughputMbPerSecond', 70, true],
    ['cutSessionKept', true, false],
  ]);
  const ttyd = { throughputMbPerSecond: 80, throughputCpuSeconds: 1 };
  const withTtyd = judge({ tadak: { throughputMbPerSecond: 91.9, throughputCpuSeconds: 1 }, naive, ttyd });
  expect(withTtyd.map(({ holds }) => holds)).toEqual([false, true]);
});

test('every key of the JSON and every metric is documented, and every key has a name in both languages', () => {
  const readme = readFileSync(new URL('../../bench/terminal/README.md', import.meta.url), 'utf8');
  for (const { key, label } of rows) {
    expect(readme).toContain(`\`${key}\``);
    expect(label.ko).toMatch(/[가-힣]/);
  }
  for (const { name } of metrics) expect(readme).toContain(`\`${name}\``);
});

test('options name metrics, and servers come from the environment', () => {
  const env = { TADAK_BENCH_TTYD: '/usr/bin/ttyd', TADAK_BENCH_WETTY: '' };
  const options = parseBenchOptions(['--json', '--only', 'echo,cut'], env, ['echo', 'cut']);
  expect(options).toEqual({ isQuick: false, isJson: true, only: ['echo', 'cut'], paths: { ttyd: '/usr/bin/ttyd' } });
  expect(() => parseBenchOptions(['--only', 'speed'], {}, ['echo', 'cut'])).toThrow('echo | cut');
});

test('mixed output is the same in every run and of the size that was asked for', () => {
  const [one, two] = [createMixedOutput(5_000_001), createMixedOutput(5_000_001)];
  expect(one).toHaveLength(5_000_001);
  expect(one.equals(two)).toBe(true);
  expect(one.subarray(0, 100_000).toString()).toContain('한글');
});
