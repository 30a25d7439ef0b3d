/**
 * How long labs live: one that nobody uses, whose learner has gone, or that is very old is ended, never without a warning
 * that gives the learner time to ask for more. Knows nothing about machines, pages and sockets.
 */
import type { LearnerId } from '../../src/course/ids.ts';

/** Why a lab ends by itself: nobody uses it, its learner has no page open, or it has lived its time. */
export type EndReason = 'unused' | 'left' | 'old';

/** After how long, milliseconds; `Infinity` means never. */
export interface LabLimits extends Readonly<Record<EndReason, number>> {
  /** How long before its end a lab's learner is warned. */
  readonly warning: number;
  /** What asking for more gives at least. */
  readonly extension: number;
}

/** An end that is near. */
export interface LabEnding {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly why: EndReason;
}

/** What it is made of. */
export interface LabLifeOptions {
  readonly limits: LabLimits;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Whether the learner has a lesson open. */
  readonly isOpen: (learner: LearnerId) => boolean;
  /** The end is near, or not any more. */
  readonly onEnding: (learner: LearnerId, ending: LabEnding | undefined) => void;
  /** It is over; the lab is forgotten already. */
  readonly onEnd: (learner: LearnerId, why: EndReason) => void;
}

interface Life {
  usedAt: number;
  openAt: number;
  oldAt: number;
  warned?: LabEnding;
}

const reasons: readonly EndReason[] = ['unused', 'left', 'old'];

/** The lives of all labs. */
export class LabLife {
  readonly #options: LabLifeOptions;
  readonly #lives = new Map<LearnerId, Life>();

  constructor(options: LabLifeOptions) {
    this.#options = options;
  }

  /** The learner has a fresh lab. */
  begin(learner: LearnerId): void {
    const now = this.#options.now();
    this.#lives.set(learner, { usedAt: now, openAt: now, oldAt: now + this.#options.limits.old });
  }

  /** The lab is gone. */
  forget(learner: LearnerId): void {
    this.#lives.delete(learner);
  }

  /** The learner did something. */
  touch(learner: LearnerId): void {
    const life = this.#lives.get(learner);
    if (!life) return;
    life.usedAt = this.#options.now();
    if (life.warned) this.#examine(learner, life);
  }

  /** The learner asked for more time. */
  extend(learner: LearnerId): void {
    const life = this.#lives.get(learner);
    if (!life) return;
    const { now, limits } = this.#options;
    life.usedAt = now();
    life.openAt = now();
    life.oldAt = Math.max(life.oldAt, now() + limits.extension);
    this.#examine(learner, life);
  }

  /** Warns and ends; to be called every few seconds. */
  check(): void {
    for (const [learner, life] of this.#lives) this.#examine(learner, life);
  }

  #examine(learner: LearnerId, life: Life): void {
    const { now, limits, isOpen, onEnding, onEnd } = this.#options;
    if (isOpen(learner)) life.openAt = now();
    const next = this.#endOf(life);
    if (next.at - now() > limits.warning) {
      if (!life.warned) return;
      delete life.warned;
      onEnding(learner, undefined);
      return;
    }
    if (!life.warned || life.warned.why !== next.why || next.at > life.warned.at) {
      // A computer that slept finds the time gone by: the warning comes first all the same.
      life.warned = { at: Math.max(next.at, now() + limits.warning), why: next.why };
      onEnding(learner, life.warned);
    } else if (now() >= life.warned.at) {
      this.#lives.delete(learner);
      onEnd(learner, life.warned.why);
    }
  }

  #endOf({ usedAt, openAt, oldAt }: Life): LabEnding {
    const { limits } = this.#options;
    const ends = { unused: usedAt + limits.unused, left: openAt + limits.left, old: oldAt };
    return reasons.map((why) => ({ at: ends[why], why })).reduce((first, one) => (one.at < first.at ? one : first));
  }
}
