/**
 * How much a learner may ask of the sockets. Knows nothing about who counts it.
 */

import type { Rate } from '../session/token-bucket.ts';

/** Bounds of the gateway. Units are in the names. */
export interface GatewayLimits {
  /** Open sockets of one learner, over all pages. */
  readonly socketsPerLearner: number;
  /** Open sockets of one onlooker with one watch link: a few tabs. */
  readonly socketsPerOnlooker: number;
  /** How long a browser may take to send its request's header, ms. */
  readonly headerMs: number;
  /**
   * JSON messages per socket. Acknowledgements are most of them: a page that renders 35 MB/s says 7,000 a second.
   * Above it a terminal's socket is read later; a live channel, which has no such need, is closed.
   */
  readonly controlMessages: Rate;
  /** Resizes per socket: a dragged divider makes 60 a second. Above it the socket is closed. */
  readonly resizes: Rate;
  /** Attaches per learner, and of all onlookers of a link together. Above it they are refused. */
  readonly opens: Rate;
  /** Input per socket, bytes. Above it the socket is read later: nothing is lost. */
  readonly inputBytes: Rate;
  /** Time between two pings, ms. */
  readonly pingMs: number;
  /** A socket that said nothing for so long (no pong either) is closed; its terminal lives on, ms. */
  readonly silenceMs: number;
  /**
   * Bytes that wait in one socket before output for it is held back until all of them are gone. At most one window; at least what
   * the stream lets wait before it tells when it is empty again (64 KiB in Node 24), also when this says less.
   */
  readonly bufferedBytes: number;
}

/** What usual use needs, with room to spare. */
export const defaultGatewayLimits: GatewayLimits = {
  socketsPerLearner: 30,
  socketsPerOnlooker: 12,
  headerMs: 15_000,
  controlMessages: { perSecond: 10_000, burst: 10_000 },
  resizes: { perSecond: 100, burst: 300 },
  opens: { perSecond: 2, burst: 40 },
  inputBytes: { perSecond: 4 * 1024 * 1024, burst: 8 * 1024 * 1024 },
  pingMs: 30_000,
  silenceMs: 90_000,
  bufferedBytes: 256 * 1024,
};
