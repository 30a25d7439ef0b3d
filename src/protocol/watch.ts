/**
 * What crosses the network about watch links: an address by which somebody looks at a learner's terminals and changes
 * nothing. Knows nothing about how links are kept; docs/decisions/watch-links.md says why it is so.
 *
 * A link is `/watch/#<secret>`. A browser never sends what stands after `#`; the page exchanges it once, by POST, for a
 * cookie that opens this link only, and puts the link's id, which is no secret, in its place.
 */
import { z } from 'zod';

/** Body of POST /api/watch: 256 random bits, which the server keeps as a hash. */
export const watchEntrySchema = z.strictObject({ secret: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });

/** Somebody may look on. */
export interface WatchEntry {
  /** Names the link; no secret. */
  readonly link: string;
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
}

/** What an onlooker is told; complete in itself. */
export interface WatchView {
  /** Whether the owner has a lab that runs. */
  readonly hasLab: boolean;
  /** Its terminals by name; another epoch is another shell. */
  readonly terminals: readonly { readonly name: string; readonly epoch: string }[];
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
}

/** The owner's side: whether a link is open, and how many people look on. */
export interface WatchLinkView {
  /** How long a new link lasts, ms; 0 where the operator allows none. */
  readonly lastsMs: number;
  readonly link?: { readonly endsAt: number; readonly onlookers: number };
}

/** Answer to POST /api/watch-link: the only time that the secret is said. */
export interface NewWatchLink extends WatchLinkView {
  readonly secret: string;
}
