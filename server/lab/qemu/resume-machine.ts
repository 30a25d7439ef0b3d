/**
 * Lets a machine that waits continue from the template's frozen state, which it finds on descriptor 3.
 * Knows nothing about what the guest then does.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Fault } from '../../../src/faults.ts';
import type { Qmp } from './qmp.ts';

const lookMs = 5;

/** Does it. Throws a Fault when the state does not fit the machine. */
export async function resumeMachine(qmp: Qmp, signal: AbortSignal): Promise<void> {
  await qmp.command('migrate-set-capabilities', { capabilities: [{ capability: 'x-ignore-shared', state: true }] });
  await qmp.command('migrate-incoming', { uri: 'fd:3' });
  for (;;) {
    const { status } = (await qmp.command('query-status')) as { readonly status?: string };
    if (status === 'paused' || status === 'prelaunch' || status === 'postmigrate' || status === 'running') break;
    if (status !== 'inmigrate') throw new Fault('lab-start-failed', { detail: `QEMU: ${status}` });
    await delay(lookMs, undefined, { signal });
  }
  await qmp.command('cont');
}
