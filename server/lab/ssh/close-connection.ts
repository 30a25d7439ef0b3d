/**
 * Ends a shared connection that outlived its terminals. Knows nothing about labs.
 */
import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { clientEnvironment } from '../openssh/ssh-program.ts';
import type { SshAddress } from './ssh-address.ts';

/** Asks the master behind `controlPath` to end. Nothing happens when there is none. */
export async function closeSharedConnection(address: SshAddress, controlPath: string): Promise<void> {
  const args = ['-F', '/dev/null', '-S', controlPath, '-O', 'exit', '-l', address.user, '--', address.host];
  await new Promise<void>((resolve) => {
    execFile('ssh', args, { env: clientEnvironment, timeout: 5_000 }, () => resolve());
  });
  await rm(controlPath, { force: true });
}
