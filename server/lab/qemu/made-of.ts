/**
 * What a virtual machine was made from, so that a later server can take it over. Knows nothing about running machines.
 */
import { z } from 'zod';
import { addressNames } from '../../../src/course/addresses.ts';
import { capabilities } from '../../../src/course/capabilities.ts';
import { machines } from '../../../src/course/machines.ts';
import { createReadyNote } from '../ready-note.ts';

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

/** The note that lies beside a lab that runs. */
export const madeOfNote = createReadyNote(schema);
