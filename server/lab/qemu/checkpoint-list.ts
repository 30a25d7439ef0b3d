/**
 * The list of a lab's checkpoints on disk, so that a later server still has them. Knows nothing about how one is made.
 */
import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../../src/faults.ts';
import { readJsonFile, writeJsonFile } from '../../host/whole-file.ts';
import type { Qmp } from './qmp.ts';

const layerSchema = z.object({
  path: z.string(),
  /** QEMU's name for it while it is the one that is written to. */
  node: z.string(),
  /** How many layers it is above the template. */
  depth: z.number().int(),
});

const schema = z.object({
  format: z.literal(1),
  /** Oldest first. */
  kept: z.array(
    z.object({
      id: z.string(),
      /** What it takes on the host's disk. */
      bytes: z.number(),
      memory: z.string(),
      devices: z.string(),
      /** The disk as it was. */
      disk: layerSchema,
    }),
  ),
  /** The disk that is written to. */
  layer: layerSchema,
  lastNumber: z.number().int(),
});

/** A disk that lies upon others. */
export type DiskLayer = z.infer<typeof layerSchema>;
/** What is known of a lab's checkpoints. */
export type CheckpointList = Omit<z.infer<typeof schema>, 'format'>;
/** One checkpoint with its files. */
export type KeptState = CheckpointList['kept'][number];

const fileName = 'checkpoints.json';

/** Writes the list, whole or not at all. */
export async function noteCheckpoints(folder: string, list: CheckpointList): Promise<void> {
  await writeJsonFile(join(folder, fileName), { format: 1, ...list });
}

/**
 * Reads the list of a machine that runs. A server that died in the middle of a change leaves a list that is not true: then the
 * machine's own word counts for the disk. One checkpoint that was only half kept is given up, anything else gives up all.
 */
export async function loadCheckpoints(folder: string, qmp: Qmp): Promise<CheckpointList> {
  const list = await readJsonFile(join(folder, fileName), schema);
  const { file, node, backing } = await findWrittenDisk(qmp);
  if (list?.layer.node === node && list.layer.path === file) return list;
  // A machine's word: no file is removed elsewhere because of it.
  if (dirname(file) !== folder) throw new Fault('lab-lost', {}, { cause: file });
  const names = await readdir(folder);
  // The new layer was there already, and nothing had been written down yet.
  const kept = list !== undefined && list.layer.path === backing ? list.kept : [];
  const files = new Set(kept.flatMap(({ memory, devices }) => [memory, devices]));
  for (const path of names.filter((name) => stateFile.test(name)).map((name) => join(folder, name)))
    if (!files.has(path)) await rm(path, { force: true });
  // The files that are there tell how many there were; no number is used twice, whatever is left of it.
  const lastNumber = Math.max(0, ...names.map((name) => Number(numberedFile.exec(name)?.[1] ?? 0)));
  return { kept, layer: { path: file, node, depth: lastNumber + 1 }, lastNumber };
}

/** What a checkpoint and a machine that was put back have in the folder. */
const numberedFile = /^[cr](\d+)\./;
/** What is good for nothing without the list. */
const stateFile = /^c\d+\.(memory|devices)$/;

const blocksSchema = z.array(
  z.object({
    inserted: z.object({ file: z.string(), 'node-name': z.string(), backing_file: z.string().optional() }).optional(),
  }),
);

interface WrittenDisk {
  readonly file: string;
  readonly node: string;
  /** What it lies upon. */
  readonly backing: string | undefined;
}

/** The disk that the machine writes to now. */
async function findWrittenDisk(qmp: Qmp): Promise<WrittenDisk> {
  const devices = blocksSchema.parse(await qmp.command('query-block'));
  const inserted = devices.find((device) => device.inserted !== undefined)?.inserted;
  return { file: inserted?.file ?? '', node: inserted?.['node-name'] ?? 'disk', backing: inserted?.backing_file };
}
