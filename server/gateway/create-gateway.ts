/**
 * Opens the doors for WebSockets on an HTTP server. Knows `ws` and the two routes, and of the rest of the
 * server only the functions that it is given.
 *
 * Compression (permessage-deflate) stays off. It works against flow control: a flood shrinks several
 * hundredfold, so that megabytes of output fit into the kernel's buffers and Ctrl-C is felt late; and on
 * usual output it costs more server time than it saves on the wire.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { LearnerId } from '../../src/course/ids.ts';
import { Fault, toFault } from '../../src/faults.ts';
import { firstMessageOf } from '../../src/protocol/first-message.ts';
import { maxInputBytes } from '../../src/protocol/terminal.ts';
import type { LiveHub } from '../session/live-hub.ts';
import type { Onlooker } from '../session/onlooker.ts';
import type { TerminalSession } from '../session/terminal-session.ts';
import { TokenBucket } from '../session/token-bucket.ts';
import { defaultGatewayLimits, type GatewayLimits } from './limits.ts';
import { type LiveHandlers, serveLive } from './live-gateway.ts';
import { serveOnlooker } from './onlooker-gateway.ts';
import { Socket } from './socket.ts';
import { type OpenTerminal, serveTerminal, type TerminalSocketOptions } from './terminal-gateway.ts';
import { type Admission, admit, refuseUpgrade, type SocketRoute } from './upgrade.ts';

/** Everything that the gateway is given. */
export interface GatewayOptions extends LiveHandlers {
  /** Its `upgrade` event is taken over. */
  readonly server: Server;
  /** Who this is, by its cookie; undefined refuses with 401. */
  readonly identify: (request: IncomingMessage) => LearnerId | undefined;
  /** Origins beside the own one (the Host header), as browsers write them: `https://class.example`. */
  readonly allowedOrigins: readonly string[];
  /** For command-line tools, which send no Origin; default false. */
  readonly allowMissingOrigin?: boolean;
  /** Throws a Fault to refuse; the socket stays open then. */
  readonly openTerminal: (request: OpenTerminal) => Promise<TerminalSession>;
  /** Who comes by a watch link, by their cookie. Throws a Fault to refuse; absent where there are no such links. */
  readonly lookOn?: ((request: IncomingMessage, link: string) => Onlooker) | undefined;
  readonly liveHub: LiveHub;
  /** Takes an upgrade that is not one of our routes, and says so; a preview's pages have one. May throw a Fault to refuse it. */
  readonly takeUpgrade?: ((request: IncomingMessage, stream: Duplex, head: Buffer) => boolean) | undefined;
  readonly limits?: Partial<GatewayLimits>;
  readonly log: (line: string, details?: Readonly<Record<string, string | number>>) => void;
}

/** Open doors. Disposing closes every socket with "shutting down"; terminals live on. */
export interface Gateway extends AsyncDisposable {
  /** How many sockets are open. */
  readonly sockets: number;
}

/** For whom a socket is counted: the learner or the onlooker that has it, and whose attaches are limited together. */
interface Counted {
  readonly visitor: string;
  readonly opener: string;
}

/** Room for a frame's header above the largest payload. */
const maxPayloadBytes = maxInputBytes + 64;

/** Opens the doors. */
export function createGateway(options: GatewayOptions): Gateway {
  return new Doors(options);
}

class Doors implements Gateway {
  readonly #options: GatewayOptions;
  readonly #limits: GatewayLimits;
  readonly #sockets = new Map<Socket, Counted>();
  /** Attaches by learner or watch link. */
  readonly #opens = new Map<string, TokenBucket>();
  readonly #upgrade: (request: IncomingMessage, stream: Duplex, head: Buffer) => void;
  readonly #wss = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: maxPayloadBytes,
    perMessageDeflate: false,
  });

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#limits = { ...defaultGatewayLimits, ...options.limits };
    this.#upgrade = (request, stream, head) => this.#handleUpgrade(request, stream, head);
    options.server.headersTimeout = Math.min(options.server.headersTimeout, this.#limits.headerMs);
    options.server.on('upgrade', this.#upgrade);
  }

  get sockets(): number {
    return this.#sockets.size;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#options.server.off('upgrade', this.#upgrade);
    const clients = [...this.#wss.clients];
    const closed = clients.map((client) => new Promise<void>((resolve) => client.once('close', () => resolve())));
    for (const socket of this.#sockets.keys()) socket.close(new Fault('shutting-down'));
    const impatient = setTimeout(() => {
      for (const client of clients) client.terminate();
    }, closeGraceMs);
    await Promise.all(closed);
    clearTimeout(impatient);
    this.#wss.close();
  }

  #handleUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', ignore); // A browser that goes away during the handshake.
    try {
      if (this.#options.takeUpgrade?.(request, stream, head)) return;
      const admission = admit(request, this.#buildChecks());
      const socket = new Socket(this.#limits, firstMessageOf(request.url ?? ''));
      this.#serve(socket, admission);
      // Answered once that is under way: a new shell starts while the page reads the answer.
      setImmediate(() => this.#answer(socket, request, stream, head));
    } catch (error) {
      this.#refuse(request, stream, toFault(error));
    }
  }

  #answer(socket: Socket, request: IncomingMessage, stream: Duplex, head: Buffer): void {
    try {
      this.#wss.handleUpgrade(request, stream, head, (ws) => socket.open(ws, stream));
    } catch (error) {
      this.#refuse(request, stream, toFault(error));
    }
    socket.abandon();
  }

  #refuse(request: IncomingMessage, stream: Duplex, fault: Fault): void {
    const from = request.socket.remoteAddress ?? '-';
    const path = (request.url ?? '').split('?', 1)[0]?.slice(0, 100) ?? '';
    this.#options.log(`WebSocket refused: ${fault.message}`, { code: fault.code, path, from });
    refuseUpgrade(stream, fault);
  }

  #buildChecks() {
    const { identify, allowedOrigins, allowMissingOrigin, lookOn } = this.#options;
    const { socketsPerLearner, socketsPerOnlooker } = this.#limits;
    return {
      ...{ identify, allowedOrigins, socketsPerLearner, socketsPerOnlooker },
      allowMissingOrigin: allowMissingOrigin ?? false,
      lookOn: lookOn ?? refuseOnlookers,
      socketsOf: (visitor: string) => [...this.#sockets.values()].filter((each) => each.visitor === visitor).length,
    };
  }

  #serve(socket: Socket, admission: Admission): void {
    if (admission.onlooker === undefined) {
      const { learner, route } = admission;
      this.#count(socket, { visitor: learner, opener: learner });
      this.#serveLearner(socket, route, learner);
    } else {
      const { onlooker, route } = admission;
      // Whoever has a link can come as many browsers, so attaches are counted for all of them together.
      this.#count(socket, { visitor: onlooker.id, opener: onlooker.link });
      this.#serveOnlooker(socket, route, onlooker);
    }
  }

  #count(socket: Socket, counted: Counted): void {
    this.#sockets.set(socket, counted);
    socket.onClose(() => this.#handleClosed(socket, counted));
  }

  #serveLearner(socket: Socket, route: SocketRoute, learner: LearnerId): void {
    const { openTerminal, liveHub: hub, log } = this.#options;
    const limits = this.#limits;
    if (route === 'live') {
      serveLive({ socket, learner, hub, limits, page: randomUUID(), handlers: this.#options });
      return;
    }
    const opens = this.#opensOf(learner);
    serveTerminal({ socket, limits, log, opens, openTerminal: (wanted) => openTerminal({ ...wanted, learner }) });
  }

  #serveOnlooker(socket: Socket, route: SocketRoute, onlooker: Onlooker): void {
    const { log } = this.#options;
    const limits = this.#limits;
    if (route === 'live') serveOnlooker({ socket, onlooker, limits });
    else serveTerminal({ socket, limits, log, opens: this.#opensOf(onlooker.link), ...watchedTerminals(onlooker) });
  }

  #handleClosed(socket: Socket, { opener }: Counted): void {
    this.#sockets.delete(socket);
    const isUsed = [...this.#sockets.values()].some((each) => each.opener === opener);
    // Kept while it still counts for something, so that neither reconnecting nor another socket refills it.
    if (!isUsed && this.#opens.get(opener)?.isFull) this.#opens.delete(opener);
  }

  #opensOf(opener: string): TokenBucket {
    const known = this.#opens.get(opener) ?? new TokenBucket(this.#limits.opens);
    this.#opens.set(opener, known);
    return known;
  }
}

function refuseOnlookers(): never {
  throw new Fault('watch-unknown');
}

/** Terminals that are there, for somebody who only looks on. */
function watchedTerminals(onlooker: Onlooker): Pick<TerminalSocketOptions, 'onlooker' | 'openTerminal'> {
  return { onlooker, openTerminal: async ({ terminal }) => onlooker.findTerminal(terminal) };
}

/** How long a browser may take to answer a close, ms. */
const closeGraceMs = 1_000;

/** A function of its own: one made where the request is known would keep the request as long as the connection. */
function ignore(): void {}
