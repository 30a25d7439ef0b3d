/** Virtual machines for tests: runs in a folder of its own, with the project's cache of images. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { LabProvider } from '../../server/lab/lab.ts';
import { createQemuProvider } from '../../server/lab/qemu/index.ts';
import { cacheFolder } from './vm-cache.ts';

/** A provider of virtual machines. */
export interface VmProvider extends AsyncDisposable {
  readonly provider: LabProvider;
  readonly dataFolder: string;
}

/** Makes one; disposing it ends its machines and removes its folder. */
export async function createVmProvider(): Promise<VmProvider> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'tadak-vm-'));
  const provider = createQemuProvider({
    ...{ dataFolder, cacheFolder, allowInternet: false, log: () => {} },
    labFolder: fileURLToPath(new URL('../../lab', import.meta.url)),
  });
  return {
    ...{ provider, dataFolder },
    [Symbol.asyncDispose]: async () => {
      await provider[Symbol.asyncDispose]();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
