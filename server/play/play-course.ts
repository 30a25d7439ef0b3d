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
  /** Most labs of one kind at the same time; `jobs` unless given. */
  readonly most?: Readonly<Partial<Record<LabKind, number>>>;
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
  const queue = new PlayQueue(queued, way.most ?? {});
  const played: PlayedLesson[] = [];
  const playNext = async ({ one, index }: Taken<Plan>) => {
    try {
      const result = await way.play(one);
      played[index] = result;
      queue.finish(one.kind, way.follow?.(one, result) ?? []);
    } catch (thrown) {
      queue.clear(one.kind);
      throw thrown;
    }
  };
  const work = async (worker: number) => {
    for (let next = await queue.take(worker); next; next = await queue.take(worker)) await playNext(next);
  };
  const workers = Array.from({ length: way.jobs }, (_, worker) => work(worker));
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
  readonly #most: NonNullable<PlayWay<Plan>['most']>;
  readonly #running: LabKind[] = [];
  #queued = 0;
  #changed = Promise.withResolvers<void>();

  constructor(queued: readonly QueuedPlay<Plan>[], most: NonNullable<PlayWay<Plan>['most']>) {
    this.#most = most;
    this.#add(queued);
  }

  /** The next one for a worker, as soon as there is one; undefined when there will be none any more. */
  async take(worker: number): Promise<Taken<Plan> | undefined> {
    for (;;) {
      const next = this.#next(worker);
      if (next) {
        this.#running.push(next.one.kind);
        return next;
      }
      if (this.#running.length === 0) return undefined;
      await this.#changed.promise;
    }
  }

  /** One that was taken is over, and calls for these. */
  finish(kind: LabKind, more: readonly QueuedPlay<Plan>[]): void {
    this.#running.splice(this.#running.indexOf(kind), 1);
    this.#add(more);
    this.#tell();
  }

  /** Nothing more is played: one that was taken came to no result. */
  clear(kind: LabKind): void {
    this.#waiting.clear();
    this.finish(kind, []);
  }

  #next(worker: number): Taken<Plan> | undefined {
    const kinds = [...this.#waiting.keys()];
    const own = worker % Math.max(1, kinds.length);
    for (const kind of [...kinds.slice(own), ...kinds.slice(0, own)]) {
      const next = this.#hasRoom(kind) ? this.#waiting.get(kind)?.shift() : undefined;
      if (next) return next;
    }
    return undefined;
  }

  #hasRoom(kind: LabKind): boolean {
    return this.#running.filter((each) => each === kind).length < (this.#most[kind] ?? Infinity);
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
