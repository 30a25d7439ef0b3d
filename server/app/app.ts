/**
 * Everything that the use cases work with, put together once. Knows nothing about HTTP and WebSockets:
 * the doors call the use cases beside this file.
 */
import type { LearnerId } from '../../src/course/ids.ts';
import { type Course, findLesson, type Lesson, lessonsOf } from '../../src/course/model.ts';
import type { LiveServerMessage } from '../../src/protocol/live.ts';
import type { LabSpec } from '../lab/lab.ts';
import type { ProgressStore } from '../progress/store.ts';
import type { SessionRegistry } from '../session/session-registry.ts';
import { type AutoCheck, createAutoCheck } from './auto-check.ts';
import { LabDesk } from './lab-desk.ts';
import { createLessonSetups, type LessonSetups } from './lesson-setups.ts';
import { prepareLesson } from './prepare-lesson.ts';
import type { PreparedProvider } from './prepared-provider.ts';
import { createTurns, type Turns } from './turns.ts';
import { createWatching, type Watching } from './watching.ts';

/** A line for the operator's log. Never put a secret here. */
export type Log = (line: string, details?: Record<string, string | number>) => void;

/** What the application is made of. */
export interface AppOptions {
  readonly course: Course;
  readonly store: ProgressStore;
  readonly prepared: PreparedProvider;
  readonly sessions: SessionRegistry;
  /** Tells every page of a learner. */
  readonly publish: (learner: LearnerId, message: LiveServerMessage) => void;
  readonly server: string;
  readonly maxLabs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly log: Log;
  /** Forgets the accepted host key of a learner's VM; only where labs are reached over ssh. */
  readonly forgetHostKey?: ((learner: LearnerId) => Promise<void>) | undefined;
}

/** What the use cases take. */
export interface App extends AsyncDisposable, Omit<AppOptions, 'prepared' | 'server' | 'maxLabs'> {
  readonly desk: LabDesk;
  readonly setups: LessonSetups;
  readonly turns: Turns;
  readonly watching: Watching;
  readonly autoCheck: AutoCheck;
  /** Ends with the application: everything that works in the background takes it. */
  readonly signal: AbortSignal;
}

const goodbye = {
  ended: '실습을 끝냈어요. (The lab has ended.)',
  restarted: '새 실습 환경으로 바꾸고 있어요. (Replacing the lab.)',
  lost: '실습 환경이 멈췄어요. 「다시 시작」을 눌러 주세요. (The lab is gone. Press "Restart".)',
} as const;

/** Puts the application together. */
export function createApp(options: AppOptions): App {
  const { publish, sessions, log, prepared, server, maxLabs, ...rest } = options;
  const end = new AbortController();
  const watching = createWatching();
  const setups = createLessonSetups();
  const desk = new LabDesk({
    ...{ prepared, server, maxLabs, log },
    specFor: (learner) => specFor(options, learner, watching),
    onChange: (learner, lab) => publish(learner, { type: 'lab', lab }),
    onReady: (learner) => prepareLesson(app, learner),
    onLeave: (lab, why) => {
      setups.forget(lab.id);
      sessions.endLab(lab.id, goodbye[why]);
    },
  });
  const autoCheck = createAutoCheck(() => app);
  const app: App = {
    ...{ ...rest, publish, sessions, log, desk, setups, watching, autoCheck },
    turns: createTurns(),
    signal: end.signal,
    [Symbol.asyncDispose]: async () => {
      end.abort();
      subscription[Symbol.dispose]();
      autoCheck[Symbol.dispose]();
      await desk[Symbol.asyncDispose]();
    },
  };
  const subscription = sessions.onOpened((session) => {
    // A shell inside a container gives no marks: there, Enter and a while are the sign.
    session.onCommandEnd(() => autoCheck.handleCommandEnd(session.learner));
    session.onActivity(() => autoCheck.handleCommandEnd(session.learner));
  });
  return app;
}

/** A new lab starts as the lesson on the screen wants it, or the one where the learner was last. */
function specFor({ course, store }: AppOptions, learner: LearnerId, watching: Watching): LabSpec {
  const place = store.courseProgress(learner, course.id).place;
  const lesson: Lesson | undefined =
    watching.current(learner) ?? (place && findLesson(course, place.lesson)) ?? lessonsOf(course)[0];
  return { start: lesson?.start ?? 'none', addresses: course.addresses };
}
