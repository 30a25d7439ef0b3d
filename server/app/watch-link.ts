/**
 * One watch link: whose terminals it shows, until when, and who looks on. Secrets are kept as hashes only.
 * Knows nothing about terminals, cookies and sockets.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { LearnerId } from '../../src/course/ids.ts';
import { Fault } from '../../src/faults.ts';
import type { OnlookerSocket } from '../session/onlooker.ts';

/** People who may look on by one link at a time. */
export const maxOnlookers = 10;
/** Browsers that a link remembers; those that look on now are never forgotten. */
const maxGuests = 50;

/** A browser that came by the link. */
export interface Guest {
  readonly id: string;
  /** Its open sockets. */
  readonly sockets: Set<OnlookerSocket>;
}

/** A secret nobody can guess: 256 bits as 43 characters. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret. It is random, so one round without salt is enough. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** An open link. */
export class WatchLink {
  /** Names it in addresses, cookies and logs; no secret. */
  readonly id: string = randomBytes(9).toString('base64url');
  readonly owner: LearnerId;
  readonly secretHash: string;
  /** Milliseconds since the epoch. */
  readonly endsAt: number;
  readonly #guests = new Map<string, Guest>();

  constructor(owner: LearnerId, secretHash: string, endsAt: number) {
    this.owner = owner;
    this.secretHash = secretHash;
    this.endsAt = endsAt;
  }

  /** How many people look on now. */
  get onlookers(): number {
    return [...this.#guests.values()].filter(({ sockets }) => sockets.size > 0).length;
  }

  /** The guest with this secret. */
  findGuest(secret: string | undefined): Guest | undefined {
    return secret === undefined ? undefined : this.#guests.get(hashSecret(secret));
  }

  /** Takes in another browser and gives it its secret. */
  addGuest(): string {
    this.#makeRoom();
    const secret = newSecret();
    this.#guests.set(hashSecret(secret), { id: randomBytes(9).toString('base64url'), sockets: new Set() });
    return secret;
  }

  /** Throws Fault `too-many` where one more person would be too many; who looks on already may open more sockets. */
  requireRoom(guest: Guest): void {
    if (guest.sockets.size === 0 && this.onlookers >= maxOnlookers) throw new Fault('too-many');
  }

  /** Every open socket of everybody who looks on. */
  sockets(): readonly OnlookerSocket[] {
    return [...this.#guests.values()].flatMap(({ sockets }) => [...sockets]);
  }

  #makeRoom(): void {
    for (const [hash, { sockets }] of this.#guests) {
      if (this.#guests.size < maxGuests) return;
      if (sockets.size === 0) this.#guests.delete(hash);
    }
  }
}
