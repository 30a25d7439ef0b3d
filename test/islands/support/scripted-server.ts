/**
 * A WebSocket server whose lines the test speaks: it records what a page says, with its address and on its socket, and answers
 * only when told.
 */
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { firstMessageOf } from '../../../src/protocol/first-message.ts';
import { decodeFrame, encodeFrame } from '../../../src/protocol/frame.ts';
import type { ClientMessage, ServerMessage } from '../../../src/protocol/terminal.ts';
import { until } from './until.ts';

/** One socket as the server sees it. */
export interface ScriptedSocket {
  readonly said: ClientMessage[];
  readonly input: { readonly seq: number; readonly text: string }[];
  readonly raw: ServerSocket;
  say(message: ServerMessage): void;
  output(seq: number, text: string): void;
  snapshot(seq: number, text: string): void;
}

/** A running server. */
export interface ScriptedServer extends AsyncDisposable {
  readonly url: string;
  readonly sockets: ScriptedSocket[];
  /** Waits for the socket with this index and its attach message. */
  attached(index: number): Promise<ScriptedSocket>;
}

/** Starts a server on a free port. The first `hanging` attempts to connect are left without an answer. */
export async function startScriptedServer({ hanging = 0 } = {}): Promise<ScriptedServer> {
  const hung: Socket[] = [];
  const verifyClient = ({ req }: { req: IncomingMessage }, answer: (isLetIn: boolean) => void) => {
    if (hung.length < hanging) hung.push(req.socket);
    else answer(true);
  };
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', verifyClient });
  await once(server, 'listening');
  const sockets: ScriptedSocket[] = [];
  server.on('connection', (raw, { url }) => sockets.push(scriptSocket(raw, readFirst(url))));
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets,
    attached: (index) =>
      until(`socket ${index} attaches`, () => {
        const socket = sockets[index];
        return socket?.said.some(({ type }) => type === 'attach') ? socket : undefined;
      }),
    [Symbol.asyncDispose]: async () => {
      for (const client of server.clients) client.terminate();
      for (const socket of hung) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What a page said with its address. */
function readFirst(address = ''): ClientMessage[] {
  const first = firstMessageOf(address);
  return first === undefined ? [] : [JSON.parse(first) as ClientMessage];
}

function scriptSocket(raw: ServerSocket, said: ClientMessage[]): ScriptedSocket {
  const input: { seq: number; text: string }[] = [];
  raw.on('message', (data: Buffer, isBinary) => {
    if (!isBinary) {
      said.push(JSON.parse(data.toString()) as ClientMessage);
      return;
    }
    const frame = decodeFrame(data);
    if (frame) input.push({ seq: frame.seq, text: Buffer.from(frame.bytes).toString() });
  });
  const send = (kind: 'output' | 'snapshot', seq: number, text: string) =>
    raw.send(encodeFrame({ kind, seq, bytes: new TextEncoder().encode(text) }));
  return {
    said,
    input,
    raw,
    say: (message) => raw.send(JSON.stringify(message)),
    output: (seq, text) => send('output', seq, text),
    snapshot: (seq, text) => send('snapshot', seq, text),
  };
}

/** An `attached` answer with the usual values. */
export function attachedAnswer(
  change: Partial<Extract<ServerMessage, { type: 'attached' }>> = {},
): Extract<ServerMessage, { type: 'attached' }> {
  return {
    type: 'attached',
    terminal: 't1',
    epoch: 'one',
    resume: 'fresh',
    from: 0,
    liveFrom: 0,
    input: 0,
    size: { cols: 80, rows: 24 },
    readOnly: false,
    ...change,
  };
}
