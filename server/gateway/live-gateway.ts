/**
 * One page's live socket: carries what is published for its learner, and tells what the page shows. Knows
 * nothing about labs and checks; what to do when a page comes, goes or watches is given as functions.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import { Fault } from '../../src/faults.ts';
import { type LiveServerMessage, liveClientMessageSchema } from '../../src/protocol/live.ts';
import type { LiveHub } from '../session/live-hub.ts';
import { TokenBucket } from '../session/token-bucket.ts';
import type { GatewayLimits } from './limits.ts';
import { parseMessage } from './parse-message.ts';
import type { Socket, SocketHandlers } from './socket.ts';

/** A page with a live socket. */
export interface LivePage {
  /** Unique per socket. */
  readonly id: string;
  /** To this page alone. */
  send(message: LiveServerMessage): void;
}

/** What a page shows. */
export interface Watched {
  readonly course: string;
  readonly lesson: string;
}

/** What the application does about pages. */
export interface LiveHandlers {
  onWatch(learner: LearnerId, watched: Watched, page: LivePage): void;
  onLiveOpen?(learner: LearnerId, page: LivePage): void;
  onLiveClose?(learner: LearnerId, page: LivePage): void;
}

/** What a live socket needs. */
export interface LiveSocketOptions {
  readonly socket: Socket;
  readonly learner: LearnerId;
  readonly page: string;
  readonly hub: LiveHub;
  readonly handlers: LiveHandlers;
  readonly limits: GatewayLimits;
}

/** Largest message of a page, bytes. */
export const maxLiveBytes = 1024;
/** A page that does not read is closed when so much waits for it, bytes: on coming back it is told everything anew. */
export const maxWaitingBytes = 1024 * 1024;

/** Serves a socket until it closes. */
export function serveLive({ socket, learner, page: id, hub, handlers, limits }: LiveSocketOptions): void {
  const send = (message: LiveServerMessage) => {
    if (socket.bufferedBytes > maxWaitingBytes) socket.close(new Fault('idle'));
    else socket.sendJson(message);
  };
  const page: LivePage = { id, send };
  const subscription = hub.subscribe(learner, send);
  const messages = new TokenBucket(limits.controlMessages);
  const socketHandlers: SocketHandlers = {
    handleText: (text) => {
      const message = messages.take()
        ? parseMessage(text, liveClientMessageSchema, maxLiveBytes)
        : new Fault('too-many');
      if (message instanceof Fault) socket.close(message);
      else if (message.type === 'ping') send({ type: 'pong' });
      else handlers.onWatch(learner, { course: message.course, lesson: message.lesson }, page);
    },
    handleBinary: () => socket.close(new Fault('bad-message', { detail: 'text only' })),
    handleClose: () => {
      subscription[Symbol.dispose]();
      handlers.onLiveClose?.(learner, page);
    },
  };
  handlers.onLiveOpen?.(learner, page);
  socket.start(socketHandlers);
}
