/**
 * What a play found out, as data: for people, for `--json` and for the file that the site reads. Knows nothing about labs.
 */
import type { Capability } from '../../src/course/capabilities.ts';
import type { Locale, Localized } from '../../src/course/locales.ts';
import type { LabKind } from '../lab/lab.ts';

/**
 * `full`: wrong turns, printed commands, reset, model solution, other solutions. `walk`: what a learner does, from the
 * first step to the last: the printed commands and the checks.
 */
export type Depth = 'full' | 'walk';

/** One thing that is not as it should be. */
export interface PlayProblem {
  /** Where in the proof: `start`, `wrong/static`, `typed`, `check`, `again`, `reset`, `solve`, `alt/by-hand` … */
  readonly phase: string;
  readonly message: Localized;
}
/** One part of a step's proof and how long it took. */
export interface Phase {
  readonly name: string;
  readonly ms: number;
}
/** What became of a step or a question. A step that the lab cannot run is never `passed`. */
export interface PlayedItem {
  readonly id: string;
  readonly kind: 'step' | 'question';
  readonly outcome: 'passed' | 'failed' | 'not-run';
  /** What the lab lacks, for `not-run`; nothing for a step that needs no lab. */
  readonly missing?: readonly Capability[];
  /** All that it needs, for `not-run`. */
  readonly needs?: readonly Capability[];
  readonly ms: number;
  readonly phases: readonly Phase[];
  readonly problems: readonly PlayProblem[];
}
/** One lesson in one language on one fresh lab. */
export interface PlayedLesson {
  readonly lesson: string;
  readonly locale: Locale;
  readonly depth: Depth;
  readonly ms: number;
  readonly lab: LabKind;
  /** Only some steps of it were played. */
  readonly isPart: boolean;
  /** Which time the same was played, from 1; absent when it was played once. */
  readonly round?: number;
  /** It failed and was played once more: what passes then varies, and is no failure of the play. */
  readonly isRepeated?: true;
  /** Versions of what the lesson stands on, by name, as the lab itself tells. */
  readonly versions: Readonly<Record<string, string>>;
  /** How long the lab took to be ready. */
  readonly labMs: number;
  readonly items: readonly PlayedItem[];
  /** What kept the lesson from being played at all. */
  readonly problems: readonly PlayProblem[];
  /** File with everything that was typed, run and seen; kept when something failed. */
  readonly transcript?: string;
}
/** One step or question that is not the same every time. */
export interface Flake {
  readonly lesson: string;
  readonly item: string;
  readonly locale: Locale;
  readonly lab: string;
  readonly failed: number;
  readonly rounds: number;
}

/** A whole play. */
export interface PlayReport {
  readonly ok: boolean;
  /** Kinds of labs, joined by `+`. */
  readonly lab: string;
  readonly at: string;
  readonly ms: number;
  readonly counts: Readonly<Record<PlayedItem['outcome'], number>>;
  /** What is not the same every time; only a repeated play can tell. */
  readonly flakes: readonly Flake[];
  readonly lessons: readonly PlayedLesson[];
}

/** Whether something in the lesson is not as it should be. */
export function hasFailed(lesson: PlayedLesson): boolean {
  return lesson.problems.length > 0 || lesson.items.some(({ outcome }) => outcome === 'failed');
}
