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

/** What may be different. */
export interface VmProviderOptions {
  readonly keepsLabs?: boolean;
  /** The data folder of an earlier one. */
  readonly folder?: string;
}

/** Makes one; disposing it ends its machines and removes its folder. `keepsLabs` leaves machines running and the folder there. */
export async function createVmProvider({ keepsLabs = false, folder }: VmProviderOptions = {}): Promise<VmProvider> {
  const dataFolder = folder ?? (await mkdtemp(join(tmpdir(), 'tadak-vm-')));
  const provider = createQemuProvider({
    ...{ dataFolder, cacheFolder, allowInternet: false, keepsLabs: () => keepsLabs, log: () => {} },
    labFolder: fileURLToPath(new URL('../../lab', import.meta.url)),
  });
  return {
    ...{ provider, dataFolder },
    [Symbol.asyncDispose]: async () => {
      await provider[Symbol.asyncDispose]();
      if (keepsLabs) return;
      // What a test that failed left to nobody.
      await provider.sweep(() => false);
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
