/**
 * The disk that a lab takes: its folder, and for a container what its engine keeps for it.
 */
import { findContainerHost, measureContainerDiskMb, storeFolderIn } from '../../server/lab/container/index.ts';
import type { Lab } from '../../server/lab/lab.ts';
import { diskMb } from './lab-usage.ts';
import type { World } from './world.ts';

/** Megabytes. */
export async function measureDiskMb(world: World, lab: Lab): Promise<number> {
  const { folder } = await world.marksOf(lab);
  if (world.options.kind === 'qemu') return diskMb(folder);
  const { cacheFolder, engineEnvironment: environment, signal } = world;
  await using host = await findContainerHost({ storeFolder: storeFolderIn(cacheFolder), environment }, signal);
  return diskMb(folder) + (await measureContainerDiskMb(host, lab.id, signal));
}
