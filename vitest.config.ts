import { defineConfig } from 'vitest/config';

/**
 * Three projects: `unit` (seconds, no machine), `contract` (real ptys, sshd, sockets), `vm` (real QEMU and Chromium).
 * A file says where it belongs by its name: `*.test.ts`, `*.contract.test.ts`, `*.vm.test.ts`.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.contract.test.ts', 'test/**/*.vm.test.ts'],
          testTimeout: 20_000,
        },
      },
      { test: { name: 'contract', include: ['test/**/*.contract.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
      {
        test: {
          name: 'vm',
          include: ['test/**/*.vm.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
