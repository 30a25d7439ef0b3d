/** A real UNIX socket server for tests that plays the other end of a line-JSON wire. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface WireServer extends Disposable {
  readonly path: string;
  /** Every value that arrived. */
  readonly received: Record<string, unknown>[];
}

/** `answer` is called with every line that is JSON; what it returns is written as it is. */
export async function createWireServer(
  answer: (message: Record<string, unknown>, socket: Socket) => string | Uint8Array | undefined,
  greeting?: string,
): Promise<WireServer> {
  const folder = mkdtempSync(join(tmpdir(), 'wire-'));
  const received: Record<string, unknown>[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    if (greeting !== undefined) socket.write(greeting);
    createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) => {
      const message = JSON.parse(line.replace(/^[^{]*/, '')) as Record<string, unknown>;
      received.push(message);
      const text = answer(message, socket);
      // One byte per character, so that a test can say \xff.
      if (text !== undefined) socket.write(typeof text === 'string' ? Buffer.from(text, 'latin1') : text);
    });
  });
  await new Promise<void>((resolve) => server.listen(join(folder, 's'), resolve));
  return {
    path: join(folder, 's'),
    received,
    [Symbol.dispose]: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
