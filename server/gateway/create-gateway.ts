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
import { type WebSocket, WebSocketServer } from 'ws';
import type { LearnerId } from '../../src/course/ids.ts';
import { Fault, toFault } from '../../src/faults.ts';
import { maxInputBytes } from '../../src/protocol/terminal.ts';
import type { LiveHub } from '../session/live-hub.ts';
import type { TerminalSession } from '../session/terminal-session.ts';
import { TokenBucket } from '../session/token-bucket.ts';
import { defaultGatewayLimits, type GatewayLimits } from './limits.ts';
import { type LiveHandlers, serveLive } from './live-gateway.ts';
import { Socket } from './socket.ts';
import { type OpenTerminal, serveTerminal } from './terminal-gateway.ts';
import { type Admission, admit, refuseUpgrade } from './upgrade.ts';

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

/** Room for a frame's header above the largest payload. */
const maxPayloadBytes = maxInputBytes + 64;

/** Opens the doors. */
export function createGateway(options: GatewayOptions): Gateway {
  return new Doors(options);
}

class Doors implements Gateway {
  readonly #options: GatewayOptions;
  readonly #limits: GatewayLimits;
  readonly #sockets = new Map<Socket, LearnerId>();
  readonly #opens = new Map<LearnerId, TokenBucket>();
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
    stream.on('error', () => {}); // A browser that goes away during the handshake.
    try {
      if (this.#options.takeUpgrade?.(request, stream, head)) return;
      const admission = admit(request, this.#buildChecks());
      this.#wss.handleUpgrade(request, stream, head, (ws) => this.#serve(ws, admission));
    } catch (error) {
      const fault = toFault(error);
      const from = request.socket.remoteAddress ?? '-';
      const path = (request.url ?? '').split('?', 1)[0]?.slice(0, 100) ?? '';
      this.#options.log(`WebSocket refused: ${fault.message}`, { code: fault.code, path, from });
      refuseUpgrade(stream, fault);
    }
  }

  #buildChecks() {
    const { identify, allowedOrigins, allowMissingOrigin } = this.#options;
    return {
      identify,
      allowedOrigins,
      allowMissingOrigin: allowMissingOrigin ?? false,
      socketsOf: (learner: LearnerId) => this.#countOf(learner),
      socketsPerLearner: this.#limits.socketsPerLearner,
    };
  }

  #countOf(learner: LearnerId): number {
    return [...this.#sockets.values()].filter((each) => each === learner).length;
  }

  #serve(ws: WebSocket, { route, learner }: Admission): void {
    const limits = this.#limits;
    const socket = new Socket(ws, limits);
    this.#sockets.set(socket, learner);
    ws.once('close', () => this.#handleClosed(socket, learner));
    const { openTerminal, liveHub: hub, log } = this.#options;
    if (route === '/ws/live') {
      serveLive({ socket, learner, hub, limits, page: randomUUID(), handlers: this.#options });
    } else {
      serveTerminal({ socket, learner, openTerminal, limits, log, opens: this.#opensOf(learner) });
    }
  }

  #handleClosed(socket: Socket, learner: LearnerId): void {
    this.#sockets.delete(socket);
    // Kept while it still counts for something, so that reconnecting does not refill it.
    if (this.#opens.get(learner)?.isFull) this.#opens.delete(learner);
  }

  #opensOf(learner: LearnerId): TokenBucket {
    const known = this.#opens.get(learner) ?? new TokenBucket(this.#limits.opens);
    this.#opens.set(learner, known);
    return known;
  }
}

/** How long a browser may take to answer a close, ms. */
const closeGraceMs = 1_000;
