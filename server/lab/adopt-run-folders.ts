/**
 * Which labs of a data folder a new server takes over from one that is gone, whatever they are made of: those that a learner had.
 * Knows nothing about machines.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import { toFault } from '../../src/faults.ts';
import type { AdoptedLab, AdoptOptions, Lab, LabOwner } from './lab.ts';
import type { LabLedger } from './lab-ledger.ts';
import { nobody } from './lab-pool.ts';
import { assignRunFolder, loadRunFolders, type RunFolder } from './run-folder.ts';

/** How labs of one kind are taken over. */
export interface TakeOver {
  /** Takes over the lab of a folder; a reason for the log, when it should be left to the sweep. Throws a Fault when it cannot. */
  readonly takeOver: (run: RunFolder, owner: LabOwner) => Promise<Lab | string>;
  readonly ledger: LabLedger;
  readonly log: (message: string, details?: Readonly<Record<string, unknown>>) => void;
}

/** Takes over what can be; the labs' folders then name the new server. Never throws for one lab. */
export async function adoptRunFolders(
  dataFolder: string,
  options: AdoptOptions,
  how: TakeOver,
): Promise<readonly AdoptedLab[]> {
  const found = await loadRunFolders(dataFolder);
  const adopted = await Promise.all(
    found.map(({ path, record }) => (record ? adoptOne({ path, record }, options, how) : undefined)),
  );
  return adopted.filter((one) => one !== undefined);
}

async function adoptOne(
  run: RunFolder,
  { server, isGone }: AdoptOptions,
  { takeOver, ledger, log }: TakeOver,
): Promise<AdoptedLab | undefined> {
  const { record } = run;
  if (record.learner === nobody || !isGone(record.server)) return undefined;
  const learner = record.learner as LearnerId;
  const owner = { learner, server };
  try {
    const lab = await takeOver(run, owner);
    if (typeof lab === 'string') {
      log('lab is not taken over', { lab: record.id, learner, reason: lab });
      return undefined;
    }
    await assignRunFolder(run, { owner });
    ledger.adopt(lab);
    return { learner, lab };
  } catch (thrown) {
    log('lab could not be taken over', { lab: record.id, learner, message: toFault(thrown).message });
    return undefined;
  }
}

/** Why a lab without a note is left alone. */
export const noNote = 'it was not ready, is being ended, or was made by a version that this one cannot read';
