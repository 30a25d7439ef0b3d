import { defineConfig } from 'vitest/config';

/**
 * Three projects, one after the other: `unit` (seconds, no machine), `contract` (real ptys, sshd, sockets, Chromium),
 * `vm` (real QEMU and Chromium, one file at a time). A file says where it belongs by its name: `*.test.ts`,
 * `*.contract.test.ts`, `*.vm.test.ts`. The limits are for two emulated cores under load, not expectations.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.contract.test.ts', 'test/**/*.vm.test.ts'],
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'contract',
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
          include: ['test/**/*.vm.test.ts'],
          testTimeout: 900_000,
          hookTimeout: 1_800_000,
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
