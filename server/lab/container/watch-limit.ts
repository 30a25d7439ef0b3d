/**
 * How many labs the kernel's limit on inotify instances allows. It counts by user, the roots of all labs are the same user to it,
 * and systemd, NetworkManager, D-Bus and others each take some: with the usual 128 the thirteenth lab's services fail to start.
 * Knows nothing about containers.
 */
import { readFile, writeFile } from 'node:fs/promises';

/** Where the kernel has the limit. */
export const watchLimitPath = '/proc/sys/fs/inotify/max_user_instances';
/** Instances of one lab: nine when idle, one for each login more. */
const perLab = 12;
/** For more labs than any one machine runs; an instance costs about a kilobyte, and only once it is there. */
const wantedInstances = 8192;

/** How many labs can run at a time. */
export async function labsByWatchLimit(path = watchLimitPath): Promise<number> {
  const instances = Number(await readFile(path, 'utf8').catch(() => ''));
  // A kernel that does not tell has no such limit.
  return instances > 0 ? Math.floor(instances / perLab) : Number.POSITIVE_INFINITY;
}

/** Raises the limit until the next boot where this user may; answers what it was when it was changed. */
export async function raiseWatchLimit(path = watchLimitPath): Promise<number | undefined> {
  const instances = Number(await readFile(path, 'utf8').catch(() => ''));
  if (!(instances > 0) || instances >= wantedInstances) return undefined;
  return writeFile(path, String(wantedInstances)).then(
    () => instances,
    () => undefined,
  );
}
