import { defineConfig } from 'vitest/config';
import { VariedReporter } from './test/support/varied-reporter.ts';

/** Files of the slow tests that run (`server/setup/slow-tests.mjs`). */
const slowFiles = process.env['TADAK_SLOW_TESTS']?.split(':') ?? [];
if (process.env['TADAK_TEST_ALL'] === '1') slowFiles.push('test/**/*.slow.test.ts');
const slow = slowFiles.length > 0 ? ['slow'] : [];

/** On CI what failed is tried once more; the report's end lists what passed only then. */
const retry = process.env['CI'] === 'true' ? 1 : 0;

/**
 * Projects, one after the other: `unit` (seconds, no machine), `contract` (real ptys, sshd, sockets, Chromium), `vm` (real QEMU
 * and Chromium, one file at a time), and `slow` (what takes minutes by itself) for `npm run test:all`, and on CI when what they
 * cover changed (`server/setup/slow-tests.mjs`). A file says where it belongs by its name: `*.test.ts`, `*.contract.test.ts`,
 * `*.vm.test.ts`, `*.slow.test.ts`. The limits are for two emulated cores under load, not expectations.
 */
export default defineConfig({
  test: {
    reporters: [new VariedReporter(), 'default'],
    projects: [
      {
        test: {
          name: 'unit',
          retry,
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.{contract,vm,slow}.test.ts'],
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'contract',
          retry,
          include: ['test/**/*.contract.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'vm',
          retry,
          include: ['test/**/*.vm.test.ts'],
          testTimeout: 900_000,
          hookTimeout: 1_800_000,
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      ...slow.map((name) => ({
        test: {
          name,
          retry,
          include: slowFiles,
          testTimeout: 3_600_000,
          hookTimeout: 1_800_000,
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      })),
    ],
  },
});
