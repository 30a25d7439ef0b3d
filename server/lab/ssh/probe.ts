/**
 * Looks whether an SSH server answers at an address before a terminal is opened, so that "off", "refused" and "no SSH
 * server" get their own sentences. Knows nothing about logging in.
 */
import { connect } from 'node:net';
import { Fault } from '../../../src/faults.ts';
import type { SshAddress } from './ssh-address.ts';

/** How long an answer may take, ms. */
const answerMs = 8_000;

/** Resolves when an SSH server greets. Throws Fault `ssh-refused` or `ssh-unreachable`. */
export async function probeSsh(address: SshAddress, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect({ host: address.host, port: address.port, signal });
  const fail = (code: 'ssh-refused' | 'ssh-unreachable', cause?: unknown) =>
    reject(new Fault(code, { ...address }, { cause }));
  socket.setTimeout(answerMs, () => fail('ssh-unreachable'));
  socket.once('data', (greeting) =>
    greeting.toString('latin1').startsWith('SSH-') ? resolve() : fail('ssh-unreachable', greeting),
  );
  socket.once('error', (error: NodeJS.ErrnoException) =>
    fail(error.code === 'ECONNREFUSED' ? 'ssh-refused' : 'ssh-unreachable', error),
  );
  socket.once('close', () => fail('ssh-unreachable'));
  try {
    await promise;
  } finally {
    socket.destroy();
  }
}
