/**
 * A virtual machine's disk limit: what its folder takes on the host, all layers and kept states together, is looked at now and then.
 * One layer cannot be larger than the guest's disk; many can. Knows nothing about machines.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { folderDiskMb } from '../../host/disk-space.ts';

/** Whose disk. */
export interface DiskLimitOptions {
  readonly id: string;
  readonly folder: string;
  readonly diskMb: number;
  readonly log: (message: string, details?: Readonly<Record<string, unknown>>) => void;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

const everyMs = 5_000;

/** Watches until the signal aborts; `onFull` is called once. */
export function watchDiskLimit(options: DiskLimitOptions, onFull: () => void): void {
  void waitUntilFull(options).then(onFull, () => undefined); // The lab has ended.
}

async function waitUntilFull({ id, folder, diskMb, log, signal }: DiskLimitOptions): Promise<void> {
  for (let failures = 0; ; ) {
    try {
      if ((await folderDiskMb(folder)) > diskMb) return;
      failures = 0;
    } catch (thrown) {
      signal.throwIfAborted();
      failures += 1;
      if (failures === 1) log('lab disk could not be measured', { lab: id, cause: String(thrown) });
    }
    await delay(everyMs, undefined, { signal, ref: false });
  }
}
