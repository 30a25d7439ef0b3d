/**
 * Everything that the use cases work with, put together once. Knows nothing about HTTP and WebSockets:
 * the doors call the use cases beside this file.
 */
import type { LabId, LearnerId } from '../../src/course/ids.ts';
import { findLesson, type Lesson, lessonsOf } from '../../src/course/model.ts';
import { Fault } from '../../src/faults.ts';
import type { LabSpec } from '../lab/lab.ts';
import { createAutoCheck } from './auto-check.ts';
import { CheckpointShelf } from './checkpoint-shelf.ts';
import type { App, AppOptions } from './context.ts';
import { LabDesk } from './lab-desk.ts';
import { LabLife } from './lab-life.ts';
import { LabMemory } from './lab-memory.ts';
import { createLessonSetups } from './lesson-setups.ts';
import { prepareLesson } from './prepare-lesson.ts';
import { showRecordings } from './record-terminal.ts';
import { createTurns } from './turns.ts';
import { createWatching } from './watching.ts';

const goodbye = {
  ended: '실습을 끝냈어요. (The lab has ended.)',
  restarted: '새 실습 환경으로 바꾸고 있어요. (Replacing the lab.)',
  rewound: '실습 환경을 되돌리고 있어요. (Taking the lab back.)',
  lost: '실습 환경이 멈췄어요. 「새로 시작」을 눌러 주세요. (The lab is gone. Press "Start afresh".)',
} as const;

const endFaults = { unused: 'lab-ended-unused', left: 'lab-ended-left', old: 'lab-ended-old' } as const;
const lifeCheckMs = 5_000;

/** Puts the application together. */
export function createApp(options: AppOptions): App {
  const { publish, sessions, recordings, log, prepared, server, maxLabs, limits, store, now, forgetHostKey } = options;
  let { course } = options;
  const end = new AbortController();
  const watching = createWatching((id) => findLesson(course, id));
  const onChange = (lab: LabId) => memory.note(lab);
  const setups = createLessonSetups({ startScripts: () => course.startScripts, onChange });
  const checkpoints = new CheckpointShelf({ max: options.maxCheckpoints, setups, onChange, now, log });
  const memory = new LabMemory({ folders: options.labFolders, setups, checkpoints, log });
  const forget = (lab: LabId) => {
    setups.forget(lab);
    checkpoints.forget(lab);
    memory.forget(lab);
  };
  const desk = new LabDesk({
    ...{ prepared, server, maxLabs, keepsLabs: options.keepsLabs ?? (() => false), now, log },
    specFor: (learner) => specFor(app, learner),
    onChange: (learner, lab) => publish(learner, { type: 'lab', lab }),
    onReady: (learner) => prepareLesson(app, learner),
    onArrive: (learner) => life.begin(learner),
    onLeave: (learner, lab, why) => {
      life.forget(learner);
      forget(lab.id);
      sessions.endLab(lab.id, goodbye[why]);
    },
    onDiscard: (lab) => forget(lab.id),
    onRewind: (lab) => sessions.endLab(lab.id, goodbye.rewound),
  });
  const life = new LabLife({
    ...{ limits, now },
    isOpen: (learner) => watching.current(learner) !== undefined,
    onEnding: (learner, ending) => desk.warn(learner, ending),
    onEnd: (learner, why) => {
      log('lab ended by itself', { learner, why });
      desk.end(learner, new Fault(endFaults[why]));
    },
  });
  const lifeTimer = setInterval(() => life.check(), lifeCheckMs);
  lifeTimer.unref();
  const autoCheck = createAutoCheck(() => app);
  const app: App = {
    ...{ store, now, publish, sessions, recordings, log, desk, life, setups, checkpoints, memory, watching, autoCheck },
    forgetHostKey,
    get course() {
      return course;
    },
    replaceCourse: (next) => {
      course = next;
    },
    turns: createTurns(),
    signal: end.signal,
    [Symbol.asyncDispose]: async () => {
      end.abort();
      clearInterval(lifeTimer);
      subscription[Symbol.dispose]();
      autoCheck[Symbol.dispose]();
      await desk[Symbol.asyncDispose]();
    },
  };
  const subscription = sessions.onOpened((session) => {
    // A shell inside a container gives no marks: there, Enter and a while are the sign.
    const handle = () => {
      life.touch(session.learner);
      autoCheck.handleCommandEnd(session.learner);
    };
    session.onCommandEnd(handle);
    session.onActivity(handle);
  });
  recordings.onChange((learner) => publish(learner, { type: 'recordings', recordings: showRecordings(app, learner) }));
  return app;
}

/** A new lab starts as the lesson on the screen wants it, or the one where the learner was last. */
function specFor({ course, store, watching }: App, learner: LearnerId): LabSpec {
  const place = store.courseProgress(learner, course.id).place;
  const lesson: Lesson | undefined =
    watching.current(learner) ?? (place && findLesson(course, place.lesson)) ?? lessonsOf(course)[0];
  return { start: lesson?.start ?? 'none', addresses: course.addresses };
}
