/**
 * Making everything that a first start makes: the image and the templates of all machines, from nothing, and again from the
 * packages that the first time fetched.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from '../world.ts';
import type { Metric } from './metric.ts';

/** Minutes each; left out of a quick run. */
export const build: Metric = {
  name: 'build',
  async measure(world) {
    if (world.options.isQuick) return {};
    const cacheFolder = await mkdtemp(join(world.cacheFolder, 'bench-'));
    try {
      const buildSeconds = await timeBuild(world, cacheFolder);
      for (const made of ['images', 'templates', 'container'])
        await rm(join(cacheFolder, made), { recursive: true, force: true });
      return { buildSeconds, buildFromPackagesSeconds: await timeBuild(world, cacheFolder) };
    } finally {
      await rm(cacheFolder, { recursive: true, force: true });
    }
  },
};

async function timeBuild({ openProvider, spec, owner, signal, options }: World, cacheFolder: string): Promise<number> {
  const startedAt = performance.now();
  await using provider = await openProvider(cacheFolder);
  // The other machine's template is made when it is first wanted.
  if (options.kind === 'qemu') {
    await using _lab = await provider.provision({ ...spec, start: 'selinux' }, owner, { signal, onProgress: () => {} });
  }
  return (performance.now() - startedAt) / 1000;
}
