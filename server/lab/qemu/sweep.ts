/**
 * Removes labs that nobody owns any more: their processes, sockets and folders, and what killed makers of templates left.
 * Knows nothing about servers.
 */
import { basename } from 'node:path';
import type { LearnerId } from '../../../src/course/ids.ts';
import { findProcessesByArgument, killProcess } from '../../host/processes.ts';
import { eachInTurn } from '../../host/wait.ts';
import type { IsOwned, LabOwner } from '../lab.ts';
import { controlPathIn, loadRunFolders, type RunRecord, removeRunFolder } from '../run-folder.ts';
import { sweepTemplateSockets } from './template-sockets.ts';

/** Does it; `isKnown` says whether there is, or comes to be, a lab of ours of this name. Answers how many labs it removed. */
export async function sweepRunFolders(
  dataFolder: string,
  isOwned: IsOwned,
  isKnown: (id: string) => boolean = () => false,
): Promise<number> {
  await sweepTemplateSockets();
  // A folder without a record is half made, or damaged.
  const orphans = (await loadRunFolders(dataFolder)).filter(({ path, record }) =>
    record ? !isOwned(ownerOf(record), isKnown(record.id)) : !isKnown(basename(path)),
  );
  await eachInTurn(orphans, async ({ path, record }) => {
    if (record !== undefined) await killProcesses(record);
    await removeRunFolder(path, record);
  });
  return orphans.length;
}

async function killProcesses(record: RunRecord): Promise<void> {
  if (record.process !== undefined) await killProcess(record.process);
  // The server may have died before it noted the process; the machine's name is unique. ssh processes end with their wire,
  // but for one that held still (`stand-by.ts`).
  const left = [`guest=${record.machine}`, controlPathIn(record.sockets)].flatMap(findProcessesByArgument);
  for (const identity of left) await killProcess(identity);
}

function ownerOf({ learner, server }: RunRecord): LabOwner {
  return { learner: learner as LearnerId, server };
}
