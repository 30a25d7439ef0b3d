/**
 * Who waits for a lab, in the order of coming; nobody overtakes. Knows nothing about labs, nor what is in the way of one.
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
}

interface Waiter {
  readonly learner: LearnerId;
  obstacle: Fault;
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
    this.#waiters.push({ learner, obstacle });
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
    let hasMoved = false;
    while (this.#waiters.length > 0) {
      const obstacle = look();
      if (obstacle !== undefined) return void this.#tell(obstacle, hasMoved, onWait);
      const next = this.#waiters.shift();
      if (next !== undefined) onTurn(next.learner);
      hasMoved = true;
    }
  }

  #tell(obstacle: Fault, hasMoved: boolean, onWait: LabQueueOptions['onWait']): void {
    for (const waiter of this.#waiters) {
      const isNews = waiter.obstacle.code !== obstacle.code;
      waiter.obstacle = obstacle;
      if (isNews || hasMoved) onWait(waiter.learner, obstacle);
    }
  }
}
