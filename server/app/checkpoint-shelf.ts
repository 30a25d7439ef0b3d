/**
 * Which states of each lab are kept, and of which moment of the course each is: the beginning of a lesson, or a step just
 * passed. Knows nothing about how a lab keeps its state; does nothing for labs that cannot.
 */
import type { LabId, LessonId, StepId } from '../../src/course/ids.ts';
import { Fault, toFault } from '../../src/faults.ts';
import type { Lab, Waiting } from '../lab/lab.ts';
import type { LessonSetups, PreparedLessons } from './lesson-setups.ts';

/** A moment of the course: after `step` was passed, or without it when `lesson` was ready to begin. */
export interface CoursePlace {
  readonly lesson: LessonId;
  readonly step?: StepId;
}

/** A state that is kept. */
export interface KeptCheckpoint {
  readonly id: string;
  readonly place: CoursePlace;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

interface Entry extends KeptCheckpoint {
  readonly prepared: PreparedLessons;
}

interface LabShelf {
  /** Oldest first. */
  readonly entries: Entry[];
  /** The places that the lab has been at, those that went first included: a later state is not that of such a place. */
  readonly seen: Set<string>;
}

const keyOf = ({ lesson, step }: CoursePlace) => `${lesson}/${step ?? ''}`;

/** What the shelf is made of. */
export interface ShelfOptions {
  /** Kept for each lab; the oldest go first. 0 keeps none. */
  readonly max: number;
  readonly setups: LessonSetups;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: (line: string, details?: Record<string, string | number>) => void;
}

/** The checkpoints of all labs. */
export class CheckpointShelf {
  readonly #options: ShelfOptions;
  readonly #labs = new Map<LabId, LabShelf>();

  constructor(options: ShelfOptions) {
    this.#options = options;
  }

  /** Whether states of this lab are kept at all. */
  keepsFor({ checkpoints }: Lab): boolean {
    return checkpoints !== undefined && this.#options.max > 0;
  }

  /** What is kept, oldest first. */
  of(lab: LabId): readonly KeptCheckpoint[] {
    return this.#labs.get(lab)?.entries ?? [];
  }

  /** The state of a moment, if it is kept. */
  find(lab: LabId, place: CoursePlace): KeptCheckpoint | undefined {
    return this.of(lab).find((kept) => keyOf(kept.place) === keyOf(place));
  }

  /** Whether the state of now would be kept as that of `place`: once, when the lab first comes there. */
  wants(lab: Lab, place: CoursePlace): boolean {
    return this.keepsFor(lab) && this.#labs.get(lab.id)?.seen.has(keyOf(place)) !== true;
  }

  /** Keeps the state as it is now, where it is wanted. Never throws: without it there is only nothing to go back to. */
  async keep(lab: Lab, place: CoursePlace, signal: AbortSignal): Promise<void> {
    if (!lab.checkpoints || !this.wants(lab, place)) return;
    const { max, setups, now, log } = this.#options;
    try {
      const prepared = setups.preparedIn(lab.id);
      const { id, bytes } = await lab.checkpoints.save(signal);
      const { entries, seen } = this.#shelfOf(lab.id);
      entries.push({ id, place, at: now(), prepared });
      seen.add(keyOf(place));
      log('lab checkpoint', { lab: lab.id, checkpoint: id, lesson: place.lesson, step: place.step ?? '', bytes });
      for (const old of entries.splice(0, Math.max(0, entries.length - max))) await lab.checkpoints.drop(old.id);
    } catch (thrown) {
      log('lab checkpoint failed', { lab: lab.id, message: toFault(thrown).message });
    }
  }

  /** Puts the lab back; what was kept later is given up. Throws Fault `not-found`, or what the lab throws when it is lost. */
  async restore(lab: Lab, id: string, waiting: Waiting): Promise<void> {
    const { entries, seen } = this.#shelfOf(lab.id);
    const index = entries.findIndex((entry) => entry.id === id);
    const entry = entries[index];
    if (!lab.checkpoints || !entry) throw new Fault('not-found', { what: `checkpoint ${id}` });
    await lab.checkpoints.restore(id, waiting);
    for (const { place } of entries.splice(index + 1)) seen.delete(keyOf(place));
    this.#options.setups.putBack(lab.id, entry.prepared);
  }

  #shelfOf(lab: LabId): LabShelf {
    const shelf = this.#labs.get(lab) ?? { entries: [], seen: new Set() };
    this.#labs.set(lab, shelf);
    return shelf;
  }

  /** The lab is gone. */
  forget(lab: LabId): void {
    this.#labs.delete(lab);
  }
}
