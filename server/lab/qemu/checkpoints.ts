/**
 * Checkpoints of one lab: the memory that differs from the template, the state of the devices, and a disk that is written no
 * more, since a new layer lies upon it. They stand in a line: who goes back to one gives up those after it.
 * Knows nothing about what they are kept for.
 *
 * QEMU saves devices without memory by a command that was made for Xen and is there for every machine
 * (`xen-save-devices-state`); loading them, put together with what the template's state has beside the devices
 * (`compose-state.ts`), is an ordinary incoming migration of a machine whose memory is in place.
 */
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault, toFault } from '../../../src/faults.ts';
import { folderDiskMb, requireDiskSpace } from '../../host/disk-space.ts';
import type { LabCheckpoint, LabCheckpoints, Waiting } from '../lab.ts';
import { loadChangedMemory, saveChangedMemory } from './changed-memory.ts';
import { type CheckpointList, type DiskLayer, type KeptState, noteCheckpoints } from './checkpoint-list.ts';
import { refreshMachine } from './claim.ts';
import { type CloneOptions, firstDisk, type RunningClone, startClone } from './clone.ts';
import { composeState } from './compose-state.ts';
import { makeFileFor } from './confinement.ts';
import { createOverlay } from './machine-run.ts';

/** The lab whose states are kept. */
export interface CheckpointHost {
  readonly options: CloneOptions;
  /** The machine that runs now. */
  clone(): RunningClone;
  /** Ends the machine and runs what `make` makes in its place. Throws a Fault when there is none then: the lab is lost. */
  replace(make: (signal: AbortSignal) => Promise<RunningClone>, waiting: Waiting): Promise<void>;
}

/** Every read of a block that nobody changed goes through all layers. */
const maxDepth = 64;
const spareMb = 200;
/** A state of devices takes 0.3 MB. Its file is the machine's own, which may have made anything of it. */
const maxDevicesBytes = 64 * 1024 * 1024;

const labels = {
  stop: { ko: '실습 환경을 되돌리는 중', en: 'Taking the lab back' },
  connect: { ko: '터미널을 다시 연결하는 중', en: 'Connecting the terminal again' },
} as const;

/** Keeps and brings back states of a lab. */
export class Checkpoints implements LabCheckpoints {
  readonly #host: CheckpointHost;
  readonly #kept: KeptState[];
  #layer: DiskLayer;
  #lastNumber: number;
  /** One thing at a time: two would take the same layer. */
  #work: Promise<unknown> = Promise.resolve();

  /** `list` is what an earlier server kept of the same lab. */
  constructor(host: CheckpointHost, list?: CheckpointList) {
    this.#host = host;
    this.#kept = [...(list?.kept ?? [])];
    this.#layer = list?.layer ?? { path: firstDisk(host.options.run), node: 'disk', depth: 1 };
    this.#lastNumber = list?.lastNumber ?? 0;
  }

  get ids(): readonly string[] {
    return this.#kept.map(({ id }) => id);
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await this.#work;
  }

  save(signal: AbortSignal): Promise<LabCheckpoint> {
    return this.#next(() => this.#save(signal));
  }

  restore(id: string, waiting: Waiting): Promise<void> {
    return this.#next(() => this.#restore(id, waiting));
  }

  drop(id: string): Promise<void> {
    return this.#next(async () => {
      const index = this.#kept.findIndex((kept) => kept.id === id);
      const dropped = this.#kept.splice(index, index < 0 ? 0 : 1);
      await this.#note();
      await removeFiles(dropped);
    });
  }

  /** For a later server; without it that one has nothing to go back to, which is no reason to fail now. */
  async #note(): Promise<void> {
    const list = { kept: this.#kept, layer: this.#layer, lastNumber: this.#lastNumber };
    await noteCheckpoints(this.#host.options.run.path, list).catch(() => undefined);
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#work.then(work);
    this.#work = mine.catch(() => undefined);
    return mine;
  }

  async #save(signal: AbortSignal): Promise<LabCheckpoint> {
    signal.throwIfAborted();
    const { run, shape, diskMb } = this.#host.options;
    const disk = this.#layer;
    if (disk.depth >= maxDepth) throw new Fault('lab-checkpoint-failed', { detail: `${maxDepth} disks` });
    await requireDiskSpace(run.path, shape.memoryMb + spareMb);
    // What is kept may take half of what the lab may write: the rest is for the machine that goes on.
    const usedMb = await folderDiskMb(run.path);
    if (usedMb > diskMb / 2) throw new Fault('lab-checkpoint-failed', { detail: `${usedMb} of ${diskMb} MB of disk` });
    this.#lastNumber += 1;
    const id = `c${this.#lastNumber}`;
    const file = (kind: string) => join(run.path, `${id}.${kind}`);
    const next: DiskLayer = { path: file('qcow2'), node: id, depth: disk.depth + 1 };
    await createOverlay(next.path, disk.path, run.record.machine);
    try {
      const bytes = await this.#freeze(next, { memory: file('memory'), devices: file('devices') });
      const kept = { id, bytes, memory: file('memory'), devices: file('devices'), disk };
      this.#kept.push(kept);
      await this.#note();
      return { id, bytes };
    } catch (error) {
      await removeFiles([{ memory: file('memory'), devices: file('devices') }]);
      if (this.#layer === disk) await rm(next.path, { force: true });
      else await this.#note();
      throw toFault(error);
    }
  }

  /** What must be of one moment is done while the machine stands still. */
  async #freeze(next: DiskLayer, to: Pick<KeptState, 'memory' | 'devices'>): Promise<number> {
    const { machine } = this.#host.clone();
    const { qmp, process } = machine;
    await makeFileFor(to.devices, this.#host.options.run.record.machine);
    await qmp.command('stop');
    try {
      await qmp.command('xen-save-devices-state', { filename: to.devices, live: true });
      await qmp.command('blockdev-snapshot-sync', {
        'node-name': this.#layer.node,
        'snapshot-node-name': next.node,
        'snapshot-file': next.path,
        format: 'qcow2',
        mode: 'existing',
      });
      this.#layer = next;
      return await saveChangedMemory(process.identity.pid, this.#host.options.template.ram, to.memory);
    } finally {
      await qmp.command('cont');
    }
  }

  async #restore(id: string, waiting: Waiting): Promise<void> {
    const index = this.#kept.findIndex((kept) => kept.id === id);
    const kept = this.#kept[index];
    if (!kept) throw new Fault('not-found', { what: `checkpoint ${id}` });
    const { options } = this.#host;
    const { template, run } = options;
    this.#lastNumber += 1;
    const ownDisk = join(run.path, `r${this.#lastNumber}.qcow2`);
    const before = this.#layer;
    const state = join(run.path, `r${this.#lastNumber}.state`);
    waiting.onProgress({ label: labels.stop, fraction: 0.1 });
    await this.#host
      .replace(async (signal) => {
        await writeFile(state, composeState(await readFile(template.state), await readDevices(kept)), { mode: 0o600 });
        const clone = await startClone(
          options,
          {
            ...{ disk: kept.disk.path, state },
            ownDisk,
            fillMemory: (pid) => loadChangedMemory(pid, template.ram, kept.memory),
          },
          signal,
        );
        await refreshMachine(clone.agent, { signal }).catch(async (error: unknown) => {
          await clone[Symbol.asyncDispose]();
          throw error;
        });
        waiting.onProgress({ label: labels.connect, fraction: 0.7 });
        return clone;
      }, waiting)
      .finally(() => rm(state, { force: true }));
    this.#layer = { path: ownDisk, node: 'disk', depth: kept.disk.depth + 1 };
    const later = this.#kept.splice(index + 1);
    await this.#note();
    await removeFiles(later);
    for (const { path } of [...later.map(({ disk }) => disk), before]) {
      if (path !== kept.disk.path) await rm(path, { force: true });
    }
  }
}

async function readDevices({ devices }: KeptState): Promise<Buffer> {
  if ((await stat(devices)).size > maxDevicesBytes) throw new Fault('lab-checkpoint-failed', { detail: 'devices' });
  return readFile(devices);
}

async function removeFiles(kept: readonly Pick<KeptState, 'memory' | 'devices'>[]): Promise<void> {
  for (const { memory, devices } of kept) {
    await rm(memory, { force: true });
    await rm(devices, { force: true });
  }
}
