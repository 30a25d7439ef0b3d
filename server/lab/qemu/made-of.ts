/**
 * What a running lab was made from, written beside it, so that a later server can take it over. Without this file nobody does:
 * it is written when the lab is ready. Knows nothing about running machines.
 */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { addressNames } from '../../../src/course/addresses.ts';
import { capabilities } from '../../../src/course/capabilities.ts';
import { machines } from '../../../src/course/machines.ts';
import { readJsonFile, writeJsonFile } from '../../host/json-file.ts';

const imageSchema = z.object({
  id: z.string(),
  disk: z.string(),
  kernel: z.string(),
  initrd: z.string(),
  append: z.string(),
  appendSelinux: z.string().exactOptional(),
  versions: z.record(z.string(), z.string()),
});

const schema = z.object({
  format: z.literal(1),
  template: z.object({ id: z.string(), ram: z.string(), disk: z.string(), state: z.string(), image: imageSchema }),
  shape: z.object({
    program: z.string(),
    accelerator: z.enum(['kvm', 'tcg']),
    memoryMb: z.number(),
    cpus: z.number(),
    append: z.string(),
  }),
  addresses: z.record(z.enum(addressNames), z.string()),
  allowInternet: z.boolean(),
  capabilities: z.array(z.enum(capabilities)),
  machine: z.object({ is: z.enum(machines), of: z.array(z.enum(machines)) }),
});

/** What a lab was made from. */
export type MadeOf = Omit<z.infer<typeof schema>, 'format'>;

const fileName = 'made-of.json';

/** Writes it, whole or not at all. */
export async function noteMadeOf(folder: string, madeOf: MadeOf): Promise<void> {
  await writeJsonFile(join(folder, fileName), { format: 1, ...madeOf });
}

/** Takes it away: the lab ends. */
export async function removeMadeOf(folder: string): Promise<void> {
  await rm(join(folder, fileName), { force: true });
}

/** Reads it; `undefined` where there is none that can be used: the lab was not ready, or its template is gone. */
export async function loadMadeOf(folder: string): Promise<MadeOf | undefined> {
  const madeOf = await readJsonFile(join(folder, fileName), schema);
  return madeOf && existsSync(madeOf.template.state) ? madeOf : undefined;
}
