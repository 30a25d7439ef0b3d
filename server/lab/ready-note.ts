/**
 * What must be known to take over a lab that runs, in its folder: written last when the lab is made and removed first when it
 * ends, so that a lab without it is only ever swept. Knows nothing about what that is; each kind of lab has its own.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from '../host/whole-file.ts';

/** The note of one kind of lab. */
export interface ReadyNote<Content> {
  write(folder: string, content: Content): Promise<void>;
  /** `undefined` where there is none, or one that this version cannot read. */
  read(folder: string): Promise<Content | undefined>;
}

const pathIn = (folder: string) => join(folder, 'ready.json');

/** Makes the note of a kind whose labs are described by `schema`. */
export function createReadyNote<Content>(schema: z.ZodType<Content>): ReadyNote<Content> {
  const file = z.object({ format: z.literal(1), content: z.unknown() });
  return {
    write: (folder, content) => writeJsonFile(pathIn(folder), { format: 1, content }),
    read: async (folder) => {
      const found = await readJsonFile(pathIn(folder), file);
      return found && schema.safeParse(found.content).data;
    },
  };
}

/** Takes it away: the lab ends. */
export async function removeReadyNote(folder: string): Promise<void> {
  await rm(pathIn(folder), { force: true });
}
