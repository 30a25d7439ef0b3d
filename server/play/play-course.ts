/**
 * Plays lessons side by side, as many at a time as labs are allowed, on one kind of lab or on several at once; what one shows
 * may call for more. Knows nothing about a single lesson's proof, nor why something is played on which kind.
 */
import type { LabKind } from '../lab/lab.ts';
import type { PlayedLesson } from './report.ts';

/** A plan and the kind of lab that plays it. */
export interface QueuedPlay<Plan> {
  readonly plan: Plan;
  readonly kind: LabKind;
}
/** How it is played. */
export interface PlayWay<Plan> {
  /** Labs at the same time, of all kinds together. */
  readonly jobs: number;
  readonly play: (one: QueuedPlay<Plan>) => Promise<PlayedLesson>;
  /** What the result calls for; it is played after what waits for that kind already. */
  readonly follow?: (one: QueuedPlay<Plan>, played: PlayedLesson) => readonly QueuedPlay<Plan>[];
}

/**
 * Plays `queued` and what follows from it. Each of the `jobs` takes from the queue of a kind of its own, and helps with the
 * other kinds when that is empty. Results come in the order in which the plays were queued. The first rejection ends all.
 */
export async function playAll<Plan>(
  queued: readonly QueuedPlay<Plan>[],
  way: PlayWay<Plan>,
): Promise<readonly PlayedLesson[]> {
  const queue = new PlayQueue(queued);
  const played: PlayedLesson[] = [];
  const work = async (_: unknown, worker: number) => {
    for (let next = await queue.take(worker); next; next = await queue.take(worker)) {
      const { one, index } = next;
      const result = await way.play(one);
      played[index] = result;
      queue.finish(way.follow?.(one, result) ?? []);
    }
  };
  const workers = Array.from({ length: way.jobs }, (each, worker) =>
    work(each, worker).catch((thrown: unknown) => {
      queue.clear();
      throw thrown;
    }),
  );
  const settled = await Promise.allSettled(workers);
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return played;
}

/** A play and its place among all results. */
interface Taken<Plan> {
  readonly one: QueuedPlay<Plan>;
  readonly index: number;
}

/** What waits, by kind, and whether what runs may still add to it. */
class PlayQueue<Plan> {
  readonly #waiting = new Map<LabKind, Taken<Plan>[]>();
  #queued = 0;
  #running = 0;
  #changed = Promise.withResolvers<void>();

  constructor(queued: readonly QueuedPlay<Plan>[]) {
    this.#add(queued);
  }

  /** The next one for a worker, as soon as there is one; undefined when there will be none any more. */
  async take(worker: number): Promise<Taken<Plan> | undefined> {
    for (;;) {
      const next = this.#next(worker);
      if (next) {
        this.#running += 1;
        return next;
      }
      if (this.#running === 0) return undefined;
      await this.#changed.promise;
    }
  }

  /** One that was taken is over, and calls for these. */
  finish(more: readonly QueuedPlay<Plan>[]): void {
    this.#running -= 1;
    this.#add(more);
    this.#tell();
  }

  /** Nothing more is played: one that was taken came to no result. */
  clear(): void {
    this.#waiting.clear();
    this.#running -= 1;
    this.#tell();
  }

  #next(worker: number): Taken<Plan> | undefined {
    const kinds = [...this.#waiting.keys()];
    const own = worker % Math.max(1, kinds.length);
    for (const kind of [...kinds.slice(own), ...kinds.slice(0, own)]) {
      const next = this.#waiting.get(kind)?.shift();
      if (next) return next;
    }
    return undefined;
  }

  #add(queued: readonly QueuedPlay<Plan>[]): void {
    for (const one of queued) {
      const line = this.#waiting.get(one.kind) ?? [];
      line.push({ one, index: this.#queued });
      this.#waiting.set(one.kind, line);
      this.#queued += 1;
    }
  }

  #tell(): void {
    this.#changed.resolve();
    this.#changed = Promise.withResolvers<void>();
  }
}
