/** How many labs there may be, and when the disk has no room for another one. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderDiskMb, freeDiskMb } from '../../../server/host/disk-space.ts';
import { createContainerProvider } from '../../../server/lab/container/index.ts';
import { countLabs, type TotalsOptions, watchReserve } from '../../../server/lab/lab-totals.ts';
import { createQemuProvider } from '../../../server/lab/qemu/index.ts';
import { Fault } from '../../../src/faults.ts';

const laptop: TotalsOptions = { labMb: 1134, machineMb: 8192, labsMb: undefined, maxLabs: undefined };

test('as many labs as three quarters of the memory hold when each is full, and one at least', () => {
  expect(countLabs(laptop)).toBe(5);
  expect(countLabs({ ...laptop, labMb: 4206 })).toBe(1);
  expect(countLabs({ ...laptop, machineMb: 900 })).toBe(1);
  expect(countLabs({ ...laptop, labMb: undefined })).toBe(200);
});

test('the operator’s figures count: labs as they are said, memory as what it holds, both together as the smaller one', () => {
  expect(countLabs({ ...laptop, maxLabs: 30 })).toBe(30);
  expect(countLabs({ ...laptop, labsMb: 2300 })).toBe(2);
  expect(countLabs({ ...laptop, labsMb: 2300, maxLabs: 30 })).toBe(2);
  expect(countLabs({ ...laptop, labsMb: 60_000, maxLabs: 30 })).toBe(30);
});

test('memory that holds no lab is refused with both figures and both ways out', () => {
  const refusal = () => countLabs({ ...laptop, labsMb: 1000 });
  expect(refusal).toThrow(Fault);
  expect(refusal).toThrow(/--labs-memory 1000 .* 1134 MB.*--memory/);
});

test('what one lab may take follows --memory', () => {
  const common = { dataFolder: '/nonexistent/data', labFolder: 'lab', log: () => {} };
  const memoryOf = (memoryMb?: number) => {
    const given = memoryMb === undefined ? {} : { memoryMb };
    const vm = createQemuProvider({ ...common, ...given, allowInternet: false });
    return [vm, createContainerProvider({ ...common, ...given, isShared: false })].map((one) => one.memoryMb ?? 0);
  };
  const [usual = [], large = []] = [memoryOf(), memoryOf(4096)];
  expect(usual.map((mb) => mb >= 1024 && mb < 2200)).toEqual([true, true]);
  expect(large.map((mb) => mb >= 4096 && mb < 4300)).toEqual([true, true]);
});

test('below the reserve there is a sentence for those who wait, and one line for the operator; with room again there is none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reserve-'));
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  expect(watchReserve({ folders: [folder], reserveMb: 0, log })()).toBeUndefined();
  expect(watchReserve({ folders: [join(folder, 'none')], reserveMb: 900_000_000, log })()).toBeUndefined();
  const low = watchReserve({ folders: [folder], reserveMb: (freeDiskMb(folder) ?? 0) + 900_000, log });
  expect([low(), low()].map((fault) => fault?.code)).toEqual(['lab-host-low', 'lab-host-low']);
  // What is not there takes no room.
  rmSync(folder, { recursive: true });
  expect([low(), low()]).toEqual([undefined, undefined]);
  expect(lines).toEqual(['disk reserve reached, no new labs', 'disk has room again, labs are started']);
});

test('what a folder takes is what its files take on the disk', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'folder-mb-'));
  for (const name of ['one', 'two', 'three']) writeFileSync(join(folder, name), Buffer.alloc(2 ** 20, 7));
  const mb = await folderDiskMb(folder);
  expect(mb).toBeGreaterThanOrEqual(3);
  expect(mb).toBeLessThan(5);
  rmSync(folder, { recursive: true });
  await expect(folderDiskMb(folder)).rejects.toThrow('ENOENT');
});
