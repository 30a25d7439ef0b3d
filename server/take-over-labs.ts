/**
 * What an earlier server of the same data folder left when it ended or died: labs that go on with this one, and the rest, which is
 * removed. Knows nothing about learners.
 */
import { toFault } from '../src/faults.ts';
import type { LabFolders } from './data/lab-folders.ts';
import { isServerAlive } from './data/server-identity.ts';
import type { AdoptedLab, LabProvider } from './lab/lab.ts';
import type { ServerLog } from './log.ts';

/** Where labs are taken over. */
export interface TakeOverOptions {
  readonly server: string;
  readonly labFolders: LabFolders;
  readonly log: ServerLog;
  readonly signal: AbortSignal;
}

/** The labs that an earlier server left running; what cannot be taken over is removed. Never throws. */
export async function takeOverLabs(
  provider: LabProvider,
  { server, labFolders, log, signal }: TakeOverOptions,
): Promise<readonly AdoptedLab[]> {
  const isGone = (other: string) => other !== server && !isServerAlive(other);
  try {
    const adopted = (await provider.adopt?.({ server, isGone, signal })) ?? [];
    const removed = await provider.sweep((owner) => !isGone(owner.server));
    if (removed > 0) log.write('removed what an earlier server left', { labs: removed });
    await labFolders.keepOnly(new Set(adopted.map(({ lab }) => lab.id)));
    return adopted;
  } catch (thrown) {
    log.write('sweep failed', { message: toFault(thrown).message, cause: String(toFault(thrown).cause) });
    return [];
  }
}
