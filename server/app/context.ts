/**
 * What every use case takes: the parts of the application, as types. Knows nothing about how they are made.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import type { Course } from '../../src/course/model.ts';
import type { Fault } from '../../src/faults.ts';
import type { LiveServerMessage } from '../../src/protocol/live.ts';
import type { LabFolders } from '../data/lab-folders.ts';
import type { ProgressStore } from '../progress/store.ts';
import type { RecordingShelf } from '../recording/recording-shelf.ts';
import type { SessionRegistry } from '../session/session-registry.ts';
import type { CheckpointShelf } from './checkpoint-shelf.ts';
import type { LabDesk } from './lab-desk.ts';
import type { LabLife, LabLimits } from './lab-life.ts';
import type { LabMemory } from './lab-memory.ts';
import type { LessonSetups } from './lesson-setups.ts';
import type { PreparedProvider } from './prepared-provider.ts';
import type { Turns } from './turns.ts';
import type { WatchLinks } from './watch-links.ts';
import type { Watching } from './watching.ts';

/** Checks by itself. */
export interface AutoCheck extends Disposable {
  /** A command ended in one of the learner's terminals. */
  handleCommandEnd(learner: LearnerId): void;
  /** The learner pressed a button that checks: no automatic check should come in between. */
  handleButton(learner: LearnerId): void;
}

/** A line for the operator's log. Never put a secret here. */
export type Log = (line: string, details?: Record<string, string | number>) => void;

/** What the application is made of. */
export interface AppOptions {
  /** The course at the start; `App.course` is the one in use. */
  readonly course: Course;
  readonly store: ProgressStore;
  readonly prepared: PreparedProvider;
  readonly sessions: SessionRegistry;
  readonly recordings: RecordingShelf;
  /** Tells every page of a learner. */
  readonly publish: (learner: LearnerId, message: LiveServerMessage) => void;
  readonly server: string;
  readonly maxLabs: number;
  /** Why no lab may be started now although there is a place: this computer is short of something. */
  readonly shortage?: () => Fault | undefined;
  /** Whether labs that are ready run on when the application ends, for the one that comes next. */
  readonly keepsLabs?: () => boolean;
  /** Where it is written what is known about them. */
  readonly labFolders: LabFolders;
  /** States kept of each lab that can keep them. */
  readonly maxCheckpoints: number;
  /** How long labs live. */
  readonly limits: LabLimits;
  /** How long a watch link lasts, ms; 0: there are none. Eight hours where nothing is said. */
  readonly watchLinkMs?: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
  /** Forgets the accepted host key of a learner's VM; only where labs are reached over ssh. */
  readonly forgetHostKey?: ((learner: LearnerId) => Promise<void>) | undefined;
}

/** What the use cases take. */
export interface App
  extends AsyncDisposable,
    Omit<
      AppOptions,
      | 'course'
      | 'prepared'
      | 'server'
      | 'maxLabs'
      | 'shortage'
      | 'keepsLabs'
      | 'labFolders'
      | 'maxCheckpoints'
      | 'limits'
      | 'watchLinkMs'
    > {
  /** Ask for it anew each time: an author may have saved another one. */
  readonly course: Course;
  /** Puts another version of the course in its place; labs, terminals and progress stay as they are. */
  replaceCourse(course: Course): void;
  readonly desk: LabDesk;
  readonly life: LabLife;
  readonly setups: LessonSetups;
  readonly checkpoints: CheckpointShelf;
  readonly memory: LabMemory;
  readonly turns: Turns;
  readonly watching: Watching;
  readonly watchLinks: WatchLinks;
  readonly autoCheck: AutoCheck;
  /** Ends with the application: everything that works in the background takes it. */
  readonly signal: AbortSignal;
}
