/**
 * What must be known to take over a container that runs, written into its folder when the lab is ready: without this file nobody
 * takes it over. Knows nothing about running containers.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { addressNames } from '../../../src/course/addresses.ts';
import { capabilities } from '../../../src/course/capabilities.ts';
import { readJsonFile, writeJsonFile } from '../../host/json-file.ts';

const schema = z.object({
  format: z.literal(1),
  addresses: z.record(z.enum(addressNames), z.string()),
  capabilities: z.array(z.enum(capabilities)),
});

/** What a later server must know. */
export type ReadyNote = Omit<z.infer<typeof schema>, 'format'>;

const fileName = 'ready.json';

/** Writes it. */
export async function noteReady(folder: string, note: ReadyNote): Promise<void> {
  await writeJsonFile(join(folder, fileName), { format: 1, ...note });
}

/** Takes it away: the lab ends. */
export async function removeReadyNote(folder: string): Promise<void> {
  await rm(join(folder, fileName), { force: true });
}

/** Reads it; `undefined` for a lab that was not ready. */
export function loadReadyNote(folder: string): Promise<ReadyNote | undefined> {
  return readJsonFile(join(folder, fileName), schema);
}
