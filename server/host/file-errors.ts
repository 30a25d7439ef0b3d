/**
 * What the system says about files that this program wants to write, as faults with a way out. Knows nothing about what is in them.
 */
import { dirname, relative } from 'node:path';
import { Fault } from '../../src/faults.ts';

const fullCodes: readonly unknown[] = ['ENOSPC', 'EDQUOT'];
const deniedCodes: readonly unknown[] = ['EACCES', 'EPERM', 'EROFS'];
/** Something that is no folder stands where one has to be. */
const notFolderCodes: readonly unknown[] = ['ENOTDIR', 'EEXIST'];

/** Whether the disk is full, or what this user may have of it. */
export function isDiskFull(thrown: unknown): boolean {
  return fullCodes.includes((thrown as NodeJS.ErrnoException | undefined)?.code);
}

/**
 * A fault instead of an error about files below `ownFolders`, the first of which is meant where the system names none; anything else
 * comes back as it is.
 */
export function explainFileError(thrown: unknown, ownFolders: readonly [string, ...string[]]): unknown {
  if (thrown instanceof Fault) return thrown;
  const { code, path } = (thrown ?? {}) as NodeJS.ErrnoException;
  if (isDiskFull(thrown)) return new Fault('disk-full', { path: path ?? ownFolders[0] }, { cause: thrown });
  if (path === undefined || !ownFolders.some((folder) => isWithin(folder, path))) return thrown;
  if (notFolderCodes.includes(code)) return new Fault('folder-is-file', { path }, { cause: thrown });
  if (!deniedCodes.includes(code)) return thrown;
  return new Fault('folder-unwritable', { path: dirname(path), reason: String(code) }, { cause: thrown });
}

const isWithin = (folder: string, path: string) => !relative(folder, path).startsWith('..');
