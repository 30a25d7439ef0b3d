/**
 * A machine whose disk cannot grow because the host's is full. QEMU stops it then and loses nothing; here it is noticed, said,
 * and let go on when there is room again. Knows nothing about labs.
 */
import { statfs } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { Fault } from '../../../src/faults.ts';
import type { Qmp } from './qmp.ts';

/** How a machine is watched. */
export interface RoomOptions {
  readonly qmp: Qmp;
  /** Where its disk lies. */
  readonly folder: string;
  /** Told when it stands still, and without a fault when it goes on. */
  readonly onStandstill: (fault: Fault | undefined) => void;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

/** What must be free before the machine goes on: less would stop it again at once. */
const neededBytes = 32 * 2 ** 20;
const lookMs = 1_000;

/** Watches until the signal aborts. */
export function watchForRoom(options: RoomOptions): void {
  let isWaiting = false;
  const look = (): void => {
    if (isWaiting) return;
    isWaiting = true;
    // The machine or the lab may end meanwhile: then nobody waits any more.
    void waitForRoom(options)
      .catch(() => undefined)
      .finally(() => {
        isWaiting = false;
      });
  };
  options.qmp.onEvent((name) => {
    if (name === 'BLOCK_IO_ERROR') look();
  });
  look(); // It may have stopped before anybody watched.
}

async function waitForRoom({ qmp, folder, onStandstill, signal }: RoomOptions): Promise<void> {
  const { status } = (await qmp.command('query-status')) as { readonly status?: string };
  // Other errors of the disk are given to the guest, which goes on.
  if (status !== 'io-error') return;
  onStandstill(new Fault('lab-host-full'));
  for (;;) {
    await delay(lookMs, undefined, { signal });
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize >= neededBytes) break;
  }
  await qmp.command('cont');
  onStandstill(undefined);
}
