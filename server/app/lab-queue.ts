/**
 * Who waits for a lab, in the order of coming; nobody overtakes, and who has gone away does not hold others up. Knows nothing about labs, nor what is in the way of one.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { Fault } from '../../src/faults.ts';

/** What the queue is told, and tells. */
export interface LabQueueOptions {
  /** Why nobody can be served now. */
  readonly obstacle: () => Fault | undefined;
  /** It is the learner's turn, who waits no longer. */
  readonly onTurn: (learner: LearnerId) => void;
  /** The learner waits; the place, or what for, is another one than before. */
  readonly onWait: (learner: LearnerId, obstacle: Fault) => void;
  /** Whether the learner is there: has a lesson open. */
  readonly isOpen: (learner: LearnerId) => boolean;
  /** The learner was away for too long, and waits no longer. */
  readonly onGone: (learner: LearnerId) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** How long somebody who waits may be without a page: longer than a reload, or a laptop that changes its network. */
const awayMs = 120_000;

interface Waiter {
  readonly learner: LearnerId;
  obstacle: Fault;
  /** When the learner was last seen. */
  seenAt: number;
}

/** The queue. */
export class LabQueue {
  readonly #options: LabQueueOptions;
  #waiters: Waiter[] = [];

  constructor(options: LabQueueOptions) {
    this.#options = options;
  }

  /** From 1; 0 for who does not wait. */
  placeOf(learner: LearnerId): number {
    return this.#waiters.findIndex((waiter) => waiter.learner === learner) + 1;
  }

  /** It is the learner's turn at once, or the learner waits. */
  enter(learner: LearnerId): void {
    this.advance();
    const obstacle = this.#options.obstacle();
    if (obstacle === undefined) return void this.#options.onTurn(learner);
    this.#waiters.push({ learner, obstacle, seenAt: this.#options.now() });
    this.#options.onWait(learner, obstacle);
  }

  /** The learner waits no longer; those behind are told. */
  leave(learner: LearnerId): void {
    const place = this.placeOf(learner);
    if (place === 0) return;
    this.#waiters.splice(place - 1, 1);
    for (const waiter of this.#waiters) this.#options.onWait(waiter.learner, waiter.obstacle);
  }

  /** Serves those in front while nothing is in the way, and tells the others what they wait for. */
  advance(): void {
    const { obstacle: look, onTurn, onWait } = this.#options;
    let hasMoved = this.#dropThoseGone();
    while (this.#waiters.length > 0) {
      const obstacle = look();
      if (obstacle !== undefined) return void this.#tell(obstacle, hasMoved, onWait);
      const next = this.#waiters.shift();
      if (next !== undefined) onTurn(next.learner);
      hasMoved = true;
    }
  }

  /** Whether there were any. */
  #dropThoseGone(): boolean {
    const { isOpen, onGone, now } = this.#options;
    for (const waiter of this.#waiters) if (isOpen(waiter.learner)) waiter.seenAt = now();
    const gone = this.#waiters.filter(({ seenAt }) => now() - seenAt >= awayMs);
    this.#waiters = this.#waiters.filter((waiter) => !gone.includes(waiter));
    for (const { learner } of gone) onGone(learner);
    return gone.length > 0;
  }

  #tell(obstacle: Fault, hasMoved: boolean, onWait: LabQueueOptions['onWait']): void {
    for (const waiter of this.#waiters) {
      const isNews = waiter.obstacle.code !== obstacle.code;
      waiter.obstacle = obstacle;
      if (isNews || hasMoved) onWait(waiter.learner, obstacle);
    }
  }
}
