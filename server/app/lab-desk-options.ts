/**
 * What the desk where labs are handed out is made of, as types. Knows nothing about how it works.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { Fault } from '../../src/faults.ts';
import type { LabView } from '../../src/protocol/api.ts';
import type { Lab, LabSpec } from '../lab/lab.ts';
import type { PreparedProvider } from './prepared-provider.ts';

/** What the desk is made of. */
export interface LabDeskOptions {
  readonly prepared: PreparedProvider;
  /** Written on every lab, so that a later server finds orphans. */
  readonly server: string;
  readonly maxLabs: number;
  /** Why no lab may be started now although there is a place; asked whenever one could. */
  readonly shortage: () => Fault | undefined;
  /** Whether labs that are ready are not ended with the desk; asked at its end. */
  readonly keepsLabs: () => boolean;
  /** Whether the learner has a lesson open. */
  readonly isOpen: (learner: LearnerId) => boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** What a learner's new lab should be. */
  readonly specFor: (learner: LearnerId) => LabSpec;
  /** Every change of what a page may see. */
  readonly onChange: (learner: LearnerId, view: LabView) => void;
  /** A lab is there, or offers more than before. */
  readonly onReady: (learner: LearnerId, lab: Lab) => void;
  /** A machine was made for the learner. */
  readonly onArrive: (learner: LearnerId) => void;
  /** A lab is about to be thrown away, or has been lost: end what hangs on it. */
  readonly onLeave: (learner: LearnerId, lab: Lab, why: 'ended' | 'restarted' | 'lost') => void;
  /** A lab is thrown away that is nobody's any more: what is known about it goes, too. */
  readonly onDiscard: (lab: Lab) => void;
  /** The lab is about to be put back to an earlier state of itself: end its terminals. */
  readonly onRewind: (lab: Lab) => void;
  readonly log: (line: string, details?: Record<string, string | number>) => void;
}
