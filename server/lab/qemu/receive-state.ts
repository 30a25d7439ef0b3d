/**
 * Takes the state that QEMU sends when it freezes a machine: a socket to send to, and the file it ends up in.
 * QEMU may start no program in its sandbox, and a file descriptor cannot be given to it for sending.
 * Knows nothing about what the state is.
 */
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { pipeline } from 'node:stream/promises';

/** A place that receives. */
export interface StateReceiver extends Disposable {
  /** Settles when the state is in the file, whole. */
  readonly whenReceived: Promise<void>;
}

/** Listens on `socketPath` for one sender. */
export async function receiveState(socketPath: string, filePath: string): Promise<StateReceiver> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    server.close();
    pipeline(socket, createWriteStream(filePath, { mode: 0o600 })).then(resolve, reject);
  });
  promise.catch(() => undefined); // Whoever waits for it is told.
  server.on('error', reject);
  await new Promise<void>((listening) => server.listen(socketPath, listening));
  return { whenReceived: promise, [Symbol.dispose]: () => void server.close() };
}
