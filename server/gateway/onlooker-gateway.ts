/**
 * An onlooker's live socket: tells what there is to look at, and that it is over. Knows nothing about labs and links;
 * who looks on is given.
 */
import { Fault, faults } from '../../src/faults.ts';
import { type LiveServerMessage, liveClientMessageSchema } from '../../src/protocol/live.ts';
import type { Onlooker } from '../session/onlooker.ts';
import { TokenBucket } from '../session/token-bucket.ts';
import type { GatewayLimits } from './limits.ts';
import { maxLiveBytes, maxWaitingBytes } from './live-gateway.ts';
import { parseMessage } from './parse-message.ts';
import type { Socket } from './socket.ts';

/** What an onlooker's live socket needs. */
export interface OnlookerSocketOptions {
  readonly socket: Socket;
  readonly onlooker: Onlooker;
  readonly limits: GatewayLimits;
}

/** Serves a socket until it closes. */
export function serveOnlooker({ socket, onlooker, limits }: OnlookerSocketOptions): void {
  const messages = new TokenBucket(limits.controlMessages);
  const send = (message: LiveServerMessage) => {
    if (socket.bufferedBytes > maxWaitingBytes) socket.close(new Fault('idle'));
    else socket.sendJson(message);
  };
  const entered = onlooker.enter({
    handleView: (watch) => send({ type: 'watch', watch }),
    handleEnd: (fault) => {
      const { code, sentence: message } = fault;
      send({ type: 'watch-ended', fault: { code, message, retry: faults[code].retry } });
      socket.close(fault);
    },
  });
  socket.start({
    handleText: (text) => {
      const message = messages.take()
        ? parseMessage(text, liveClientMessageSchema, maxLiveBytes)
        : new Fault('too-many');
      if (message instanceof Fault) socket.close(message);
      else if (message.type === 'ping') send({ type: 'pong' });
      else socket.close(new Fault('watch-only'));
    },
    handleBinary: () => socket.close(new Fault('bad-message', { detail: 'text only' })),
    handleClose: () => entered[Symbol.dispose](),
  });
  send({ type: 'watch', watch: onlooker.view() });
}
