/**
 * Whose the socket folder of a template is while that is made: it may lie outside the folder of templates, where nobody would
 * find it after its maker was killed. Knows nothing about machines.
 */
import { lstat, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { identifyProcess, isRunning } from '../../host/processes.ts';
import { readJsonFile, writeJsonFile } from '../../host/whole-file.ts';
import { isOwnSocketFolder } from '../run-folder.ts';

const makerSchema = z.object({ pid: z.number().int().positive(), birth: z.string() });
const makerPath = (folder: string) => join(folder, 'maker.json');

/** Notes in a socket folder that this process makes a template with it. */
export async function noteMaker(folder: string): Promise<void> {
  await writeJsonFile(makerPath(folder), identifyProcess(process.pid));
}

/** Removes the temporary socket folders whose makers are gone. */
export async function sweepTemplateSockets(): Promise<void> {
  const folders = (await readdir(tmpdir())).map((name) => join(tmpdir(), name)).filter(isOwnSocketFolder);
  for (const folder of folders) {
    if (await isAbandoned(folder)) await rm(folder, { recursive: true, force: true });
  }
}

/** A folder without a note is a lab's, which may outlive its server; one of another user is none of our business. */
async function isAbandoned(folder: string): Promise<boolean> {
  const maker = await readJsonFile(makerPath(folder), makerSchema);
  const entry = await lstat(folder).catch(() => undefined);
  return maker !== undefined && !isRunning(maker) && entry?.isDirectory() === true && entry.uid === process.getuid?.();
}
