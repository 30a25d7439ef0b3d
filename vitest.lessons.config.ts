import { defineConfig } from 'vitest/config';

/** The proof of every lesson on a real machine; apart from `npm test`, since it takes long under emulation. */
export default defineConfig({
  test: {
    name: 'lessons',
    include: ['test/content/lessons.proof.ts'],
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    fileParallelism: false,
  },
});
