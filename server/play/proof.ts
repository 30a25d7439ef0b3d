/**
 * Keeps the record of one step's proof: its parts with their time, and what was not as it should be.
 */
import type { Capability } from '../../src/course/capabilities.ts';
import type { Localized } from '../../src/course/locales.ts';
import type { Phase, PlayedItem, PlayProblem } from './report.ts';
import type { Transcript } from './transcript.ts';

/** What a proof tells while it goes on. */
export interface ProofOptions {
  readonly id: string;
  readonly kind: PlayedItem['kind'];
  readonly transcript: Transcript;
  readonly now: () => number;
  /** A part begins. */
  readonly onPhase: (item: string, phase: string) => void;
}

/** A proof that is going on. */
export class Proof {
  readonly #options: ProofOptions;
  readonly #began: number;
  readonly #phases: Phase[] = [];
  readonly #problems: PlayProblem[] = [];

  constructor(options: ProofOptions) {
    this.#options = options;
    this.#began = options.now();
  }

  /** Runs one part and notes how long it took. */
  async phase<T>(name: string, work: (complain: (message: Localized) => void) => Promise<T>): Promise<T> {
    const { id, transcript, now, onPhase } = this.#options;
    onPhase(id, name);
    transcript.note(`== ${id} ${name}`);
    const began = now();
    const complain = (message: Localized) => {
      this.#problems.push({ phase: name, message });
      transcript.note(`!! ${message.en}`);
    };
    try {
      return await work(complain);
    } finally {
      this.#phases.push({ name, ms: now() - began });
    }
  }

  /** What came of it. */
  finish(): PlayedItem {
    const { id, kind, now } = this.#options;
    const outcome = this.#problems.length === 0 ? 'passed' : 'failed';
    return { id, kind, outcome, ms: now() - this.#began, phases: this.#phases, problems: this.#problems };
  }
}

/** An item that this lab cannot run, for it lacks some of what the item needs. */
export function notRun(
  { id, needs }: { readonly id: string; readonly needs: readonly Capability[] },
  kind: PlayedItem['kind'],
  missing: readonly Capability[],
): PlayedItem {
  return { id, kind, outcome: 'not-run', missing, needs, ms: 0, phases: [], problems: [] };
}
