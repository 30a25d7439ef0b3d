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

/** A state that is kept, with the lessons that were prepared in it. */
export interface ShelfEntry extends KeptCheckpoint {
  readonly prepared: PreparedLessons;
}

interface LabShelf {
  readonly entries: ShelfEntry[];
  readonly seen: Set<string>;
}

/** What is known of one lab's checkpoints. */
export interface ShelfContents {
  /** Oldest first. */
  readonly entries: readonly ShelfEntry[];
  /** The places that the lab has been at, those that went first included: a later state is not that of such a place. */
  readonly seen: readonly string[];
}

const keyOf = ({ lesson, step }: CoursePlace) => `${lesson}/${step ?? ''}`;

/** What the shelf is made of. */
export interface ShelfOptions {
  /** Kept for each lab; the oldest go first. 0 keeps none. */
  readonly max: number;
  readonly setups: LessonSetups;
  /** Told when something else is kept of a lab than before. */
  readonly onChange: (lab: LabId) => void;
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
      const old = entries.splice(0, Math.max(0, entries.length - max));
      this.#options.onChange(lab.id);
      for (const { id } of old) await lab.checkpoints.drop(id);
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
    this.#options.onChange(lab.id);
  }

  /** What is known of a lab's checkpoints, to be written down. */
  contents(lab: LabId): ShelfContents {
    const { entries, seen } = this.#shelfOf(lab);
    return { entries: [...entries], seen: [...seen] };
  }

  /** A lab of an earlier server, with what that one knew. */
  putBack(lab: LabId, { entries, seen }: ShelfContents): void {
    this.#labs.set(lab, { entries: [...entries], seen: new Set(seen) });
  }

  /** Forgets what the lab itself does not have any more: its server died in the middle of a change. */
  agreeWith({ id, checkpoints }: Lab): void {
    const { entries } = this.#shelfOf(id);
    const kept = entries.filter((entry) => checkpoints?.ids.includes(entry.id));
    entries.splice(0, entries.length, ...kept);
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
