/** How the bench of labs reads its options, judges and documents; and that it finds a lab's processes and their memory. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { goals, judge } from '../../bench/labs/goals.ts';
import { diskMb, memoryMb, processesOf, processorSeconds } from '../../bench/labs/lab-usage.ts';
import { metrics } from '../../bench/labs/metrics/all.ts';
import { parseBenchOptions } from '../../bench/labs/options.ts';
import { formatReport } from '../../bench/labs/report.ts';
import { rows } from '../../bench/labs/rows.ts';

const machine = { cpus: 2, memoryMb: 4096, node: 'v24', kernel: '6', load: 0 };
const run = {
  version: 1,
  kind: 'qemu',
  isQuick: true,
  machine,
  notes: ['Only 5 of 20 labs, as --labs-max says.'],
} as const;

test('options have defaults, and what is not known is named', () => {
  const usual = { kind: 'qemu', isQuick: false, isJson: false, labsMax: 20, only: [] };
  expect(parseBenchOptions([], ['ready'])).toEqual(usual);
  const line = ['--lab', 'container', '--quick', '--json', '--labs-max', '5', '--only', 'ready'];
  const asked = { kind: 'container', isQuick: true, isJson: true, labsMax: 5, only: ['ready'] };
  expect(parseBenchOptions(line, ['ready'])).toEqual(asked);
  expect(() => parseBenchOptions(['--lab', 'ssh'], [])).toThrow('--lab ssh');
  expect(() => parseBenchOptions(['--labs-max', '0'], [])).toThrow('--labs-max 0');
  expect(() => parseBenchOptions(['--only', 'speed'], ['ready'])).toThrow('ready');
});

test('goals differ by kind of lab, and one that was not measured is not judged', () => {
  const figures = { memoryAt20Mb: 100, readyPromptP95Ms: 480 };
  const holds = (kind: 'qemu' | 'container') => judge(figures, kind).map(({ key, holds }) => [key, holds]);
  expect(holds('qemu')).toEqual([
    ['readyPromptP95Ms', true],
    ['memoryAt20Mb', true],
  ]);
  expect(holds('container')).toContainEqual(['memoryAt20Mb', false]);
});

test('a report says the figures, what a missed goal is bounded by, and the notes, in both languages', () => {
  const figures = { readyPromptP95Ms: 900 };
  const result = { ...run, figures, goals: judge(figures, 'qemu') };
  const [en, ko] = [formatReport(result, 'en'), formatReport(result, 'ko')];
  expect(en).toMatch(/MISSED: .*900 \(at most 500\); opening a shell/);
  expect(ko).toMatch(/못 지킴: .*900 \(500 이하\); 셸을 여는/);
  for (const text of [en, ko]) expect(text).toContain('--labs-max');
});

test('every key of the JSON and every metric is documented, and every goal has a row', () => {
  const readme = readFileSync(new URL('../../bench/labs/README.md', import.meta.url), 'utf8');
  for (const { key, label } of rows) {
    expect(readme).toContain(`\`${key}\``);
    expect(label.ko).toMatch(/[가-힣]/);
  }
  for (const { name } of metrics) expect(readme).toContain(`\`${name}\``);
  for (const { key } of goals) expect(rows.map((row) => row.key)).toContain(key);
});

test('a lab’s processes are those that bear its mark and all below them; they take memory and time', async () => {
  const mark = `mark-${process.pid}-${Date.now()}`;
  const script = 'for i in {1..100000}; do :; done; bash -c "echo here; read line"; :';
  const child = spawn('bash', ['-c', script, mark], { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const found = processesOf([mark]);
  expect(found).toContain(child.pid);
  expect(found).toHaveLength(2);
  expect(memoryMb(found)).toBeGreaterThan(0.3);
  expect(processorSeconds(found)).toBeGreaterThan(0);
  expect(processesOf([`no-${mark}`])).toEqual([]);
  child.stdin.end(); // Upon which both end.
});

test('the disk of a folder is what its files take, holes left out', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tadak-disk-'));
  writeFileSync(join(folder, 'file'), Buffer.alloc(3 * 2 ** 20, 1));
  expect(diskMb(folder)).toBeGreaterThanOrEqual(3);
  expect(diskMb(folder)).toBeLessThan(3.5);
  rmSync(folder, { recursive: true });
  expect(diskMb(folder)).toBe(0);
});
