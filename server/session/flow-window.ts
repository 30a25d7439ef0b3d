/**
 * How far output may run ahead of what one viewer has rendered. The window starts small, so that Ctrl-C is
 * felt at once, and grows with rate × round trip, so that a distant viewer is not held to window / round trip.
 * Knows nothing about sockets or sessions.
 */
import { promptAckBytes } from '../../src/protocol/frame.ts';

/** Bounds of a window. */
export const windowLimits = { startBytes: 256 * 1024, maxBytes: 1024 * 1024 } as const;
/** Shortest span over which a rate is measured, ms. */
const rateSpanMs = 20;
/** How much of the way the estimates go towards a new measurement. */
const smoothing = 0.3;
/** How fast the least round trip is forgotten, per measurement, when the path became longer. */
const roundTripDrift = 1.02;

/** The window of one viewer. Offsets are absolute; counters are cumulative, so a lost acknowledgement heals. */
export class FlowWindow {
  readonly #now: () => number;
  #sent: number;
  #acked: number;
  #snapshotBytes = 0;
  #windowBytes: number = windowLimits.startBytes;
  #probe: { readonly seq: number; readonly atMs: number } | undefined;
  #roundTripMs: number | undefined;
  #rateBytesPerMs = 0;
  #spanBytes = 0;
  #spanStartMs: number;
  #awaitedSinceMs: number;

  constructor(from: number, now: () => number) {
    this.#now = now;
    this.#sent = from;
    this.#acked = from;
    this.#spanStartMs = now();
    this.#awaitedSinceMs = this.#spanStartMs;
  }

  /** Offset after the last byte that was sent. */
  get sent(): number {
    return this.#sent;
  }

  /** Everything before this is rendered. */
  get acked(): number {
    return this.#acked;
  }

  /** Size of the window, bytes. */
  get windowBytes(): number {
    return this.#windowBytes;
  }

  /** How much was sent and is not rendered yet, bytes. */
  get unrenderedBytes(): number {
    return this.#sent - this.#acked + this.#snapshotBytes;
  }

  /** How much more may be sent now, bytes. */
  get roomBytes(): number {
    return Math.max(0, this.#windowBytes - this.unrenderedBytes);
  }

  /** Since when an acknowledgement is awaited: the last one, or what was sent after all before it was acknowledged (or came). */
  get awaitedSinceMs(): number {
    return this.#awaitedSinceMs;
  }

  /** Bytes up to `seq` were sent. */
  handleSent(seq: number): void {
    const isIdle = this.#sent === this.#acked && this.#snapshotBytes === 0;
    this.#sent = seq;
    if (!isIdle) return;
    this.#startSpan();
    // Who had nothing to acknowledge was not asleep.
    this.#awaitedSinceMs = this.#spanStartMs;
    // Only what finds the path empty tells its length: in a flood everything waits for what is rendered before it.
    this.#probe = { seq, atMs: this.#spanStartMs };
  }

  /** A snapshot of `bytes` that stands for everything before `seq` was sent: it has to be rendered like output. */
  handleSnapshotSent(seq: number, bytes: number): void {
    this.#sent = seq;
    this.#acked = seq;
    this.#snapshotBytes = bytes;
    this.#probe = undefined;
    this.#startSpan();
  }

  /** The viewer says that it rendered everything before `seq`. Never trusted further than what was sent. */
  handleAck(claimed: number): void {
    const seq = Math.min(claimed, this.#sent);
    const now = this.#now();
    if (this.#snapshotBytes > 0 && seq >= this.#acked) this.#snapshotBytes = 0;
    else if (seq <= this.#acked) return;
    this.#awaitedSinceMs = now;
    const ackedBytes = seq - this.#acked;
    this.#spanBytes += ackedBytes;
    this.#acked = seq;
    this.#measureRoundTrip(now, ackedBytes);
    this.#measureRate(now);
  }

  #startSpan(): void {
    this.#spanStartMs = this.#now();
    this.#spanBytes = 0;
  }

  #measureRoundTrip(now: number, ackedBytes: number): void {
    if (this.#probe === undefined || this.#acked < this.#probe.seq) return;
    const measured = now - this.#probe.atMs;
    this.#probe = undefined;
    const known = this.#roundTripMs ?? measured;
    // A page keeps the acknowledgement of little back: that it comes late does not make the path longer.
    this.#roundTripMs = Math.min(measured, ackedBytes < promptAckBytes ? known : known * roundTripDrift);
  }

  /** A rate says something about the viewer only while there is more to send than it takes. */
  #measureRate(now: number): void {
    const spanMs = now - this.#spanStartMs;
    if (spanMs < rateSpanMs) return;
    this.#rateBytesPerMs += (this.#spanBytes / spanMs - this.#rateBytesPerMs) * smoothing;
    this.#startSpan();
    const wanted = 2 * this.#rateBytesPerMs * (this.#roundTripMs ?? 0);
    this.#windowBytes = Math.round(Math.min(Math.max(wanted, windowLimits.startBytes), windowLimits.maxBytes));
  }
}
