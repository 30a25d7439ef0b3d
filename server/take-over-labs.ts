/**
 * What an earlier server of the same data folder left when it ended or died: labs that go on with this one, and the rest, which is
 * removed; and what this one could not clear itself. Knows nothing about learners.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { toFault } from '../src/faults.ts';
import type { LabFolders } from './data/lab-folders.ts';
import { isServerAlive } from './data/server-identity.ts';
import type { AdoptedLab, IsOwned, LabProvider } from './lab/lab.ts';
import type { ServerLog } from './log.ts';

/** Where labs are taken over. */
export interface TakeOverOptions {
  readonly server: string;
  readonly dataFolder: string;
  readonly labFolders: LabFolders;
  readonly log: ServerLog;
  readonly signal: AbortSignal;
}

/** Folders of running labs, whatever their kind: those of a kind that this server does not serve run on, too. */
const runFolders = ['run', 'container/run'] as const;

/** The labs that an earlier server left running; what cannot be taken over is removed. Never throws. */
export async function takeOverLabs(
  provider: LabProvider,
  { server, dataFolder, labFolders, log, signal }: TakeOverOptions,
): Promise<readonly AdoptedLab[]> {
  const isGone = (other: string) => other !== server && !isServerAlive(other);
  const attempt = async <T>(what: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (thrown) {
      log.write(what, { message: toFault(thrown).message, cause: String(toFault(thrown).cause) });
      return undefined;
    }
  };
  const adopted = await attempt('labs could not be taken over', async () =>
    provider.adopt?.({ server, isGone, signal }),
  );
  const removed = await attempt('sweep failed', () => provider.sweep((owner) => !isGone(owner.server)));
  if (removed) log.write('removed what an earlier server left', { labs: removed });
  await attempt('old lab folders stay', async () => labFolders.keepOnly(await findLabs(dataFolder)));
  return adopted ?? [];
}

const sweepEveryMs = 60_000;

/** What a lab could not be cleared of is removed later: every minute, what is there and no provider knows. Disposing ends it. */
export function sweepRegularly(
  provider: LabProvider,
  { server, log }: Pick<TakeOverOptions, 'server' | 'log'>,
): AsyncDisposable {
  const isOwned: IsOwned = (owner, isKnown) => (owner.server === server ? isKnown : isServerAlive(owner.server));
  let working: Promise<void> | undefined;
  let lastTrouble = '';
  const sweep = async (): Promise<void> => {
    let trouble = '';
    try {
      const removed = await provider.sweep(isOwned);
      if (removed > 0) log.write('removed what was left of labs', { labs: removed });
    } catch (thrown) {
      trouble = toFault(thrown).message;
      // What stays wrong is said once.
      if (trouble !== lastTrouble)
        log.write('sweep failed', { message: trouble, cause: String(toFault(thrown).cause) });
    }
    lastTrouble = trouble;
    working = undefined;
  };
  const timer = setInterval(() => {
    working ??= sweep();
  }, sweepEveryMs);
  timer.unref();
  return {
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      await working;
    },
  };
}

async function findLabs(dataFolder: string): Promise<ReadonlySet<string>> {
  const names = await Promise.all(runFolders.map((folder) => readdir(join(dataFolder, folder)).catch(() => [])));
  return new Set(names.flat());
}
