/**
 * How many input bytes of each viewer have reached the pty, so that what a returning page sends again is
 * typed once. Knows nothing about ptys or sockets.
 */

/** Viewers that are remembered; the one that typed longest ago is forgotten first. */
const maxViewers = 64;

/** What is to be done with a piece of input. */
export type InputVerdict =
  | { readonly kind: 'fresh'; readonly bytes: Uint8Array; readonly received: number }
  | { readonly kind: 'repeated'; readonly received: number }
  /** Bytes between are missing: typing these would put them in the wrong place. */
  | { readonly kind: 'gap'; readonly received: number };

/** Counts input per viewer. */
export class InputLedger {
  readonly #received = new Map<string, number>();

  /** How many bytes of this viewer have arrived. */
  receivedFrom(viewer: string): number {
    return this.#received.get(viewer) ?? 0;
  }

  /** Judges bytes that begin at the viewer's offset `seq`, and counts what is fresh of them. */
  accept(viewer: string, seq: number, bytes: Uint8Array): InputVerdict {
    const received = this.receivedFrom(viewer);
    if (seq > received) return { kind: 'gap', received };
    const fresh = bytes.subarray(received - seq);
    if (fresh.length === 0) return { kind: 'repeated', received };
    this.#remember(viewer, received + fresh.length);
    return { kind: 'fresh', bytes: fresh, received: received + fresh.length };
  }

  #remember(viewer: string, received: number): void {
    this.#received.delete(viewer);
    this.#received.set(viewer, received);
    if (this.#received.size <= maxViewers) return;
    const [oldest] = this.#received.keys();
    if (oldest !== undefined) this.#received.delete(oldest);
  }
}
