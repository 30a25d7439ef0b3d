/**
 * How many input bytes of each viewer have reached the pty, so that what a returning page sends again is
 * typed once. Knows nothing about ptys or sockets.
 */
import { Fault } from '../../src/faults.ts';

/** Viewers that are remembered; the one that typed longest ago is forgotten first. */
const maxViewers = 64;

/** What is left of a piece of input, and how many bytes of its viewer have arrived with it. */
export interface AcceptedInput {
  readonly fresh: Uint8Array;
  readonly received: number;
}

/** Counts input per viewer. */
export class InputLedger {
  /** The one that typed last stands last. */
  readonly #received = new Map<string, number>();
  #latest: string | undefined;

  /** How many bytes of this viewer have arrived. */
  receivedFrom(viewer: string): number {
    return this.#received.get(viewer) ?? 0;
  }

  /** What is wrong with input that begins at `seq`: bytes before it are missing, and typing it would put it in the wrong place. */
  gapBefore(viewer: string, seq: number): Fault | undefined {
    const received = this.receivedFrom(viewer);
    return seq > received ? new Fault('bad-message', { detail: `input ${seq} follows ${received}` }) : undefined;
  }

  /** Counts bytes that begin at the viewer's offset `seq`, which is not after what was received, and returns what is new. */
  accept(viewer: string, seq: number, bytes: Uint8Array): AcceptedInput {
    const before = this.receivedFrom(viewer);
    const fresh = bytes.subarray(before - seq);
    const received = before + fresh.length;
    if (fresh.length > 0) this.#remember(viewer, received);
    return { fresh, received };
  }

  #remember(viewer: string, received: number): void {
    if (viewer !== this.#latest) this.#received.delete(viewer);
    this.#received.set(viewer, received);
    this.#latest = viewer;
    if (this.#received.size <= maxViewers) return;
    const [oldest] = this.#received.keys();
    if (oldest !== undefined) this.#received.delete(oldest);
  }
}
