/**
 * Prepares labs for lessons. Each lesson's `setup.sh` runs once per lab, when the lesson is first opened there; the script of
 * its start state runs whenever the lesson before it began from another state. Terminals and checks wait for both.
 * Knows nothing about learners and pages.
 */
import type { LabId, LessonId } from '../../src/course/ids.ts';
import type { Course, Lesson, Script } from '../../src/course/model.ts';
import { Fault } from '../../src/faults.ts';
import type { ExecResult, Lab } from '../lab/lab.ts';
import { orAborted } from './prepared-provider.ts';

/** Longest time a lesson may take to prepare a lab, milliseconds: generous, since slow labs emulate their CPU. */
const setupTimeoutMs = 180_000;

/** The lessons' preparations, by lab. */
export interface LessonSetups {
  /**
   * Resolves when `lesson` is prepared in `lab`; starts that when nobody did. Throws Fault
   * `lesson-setup-failed`, or `ssh-not-connected` when it is too early.
   */
  ensure(lab: Lab, lesson: Lesson, signal: AbortSignal): Promise<void>;
  /** Whether nothing is left to do for `lesson` in `lab`. */
  isDone(lab: Lab, lesson: Lesson): boolean;
  /** What is prepared in a lab now. */
  preparedIn(lab: LabId): PreparedLessons;
  /** The lab was put back to a state in which `prepared` was prepared; what is running in it is stopped. */
  putBack(lab: LabId, prepared: PreparedLessons): void;
  /** Forgets a lab that is gone and stops what is running in it. */
  forget(lab: LabId): void;
}

/** What is prepared in a lab. */
export interface PreparedLessons {
  /** Lessons, by the text of the script that did it: an author may have saved another one. */
  readonly done: ReadonlyMap<LessonId, string | undefined>;
  /** The state from which the lesson began that was prepared last. */
  readonly start?: Lesson['start'];
}

interface LabSetups extends PreparedLessons {
  readonly abort: AbortController;
  readonly running: Map<LessonId, Promise<void>>;
  readonly done: Map<LessonId, string | undefined>;
  start?: Lesson['start'];
}

/** What the registry is made of. */
export interface SetupsOptions {
  readonly startScripts: () => Course['startScripts'];
  /** Told when something else is prepared in a lab than before. */
  readonly onChange: (lab: LabId) => void;
}

/** Makes the registry of preparations. */
export function createLessonSetups({ startScripts, onChange }: SetupsOptions): LessonSetups {
  const labs = new Map<LabId, LabSetups>();
  const setupsOf = (lab: LabId): LabSetups => {
    const known = labs.get(lab);
    if (known) return known;
    const fresh: LabSetups = { abort: new AbortController(), running: new Map(), done: new Map() };
    labs.set(lab, fresh);
    return fresh;
  };
  const begin = (lab: Lab, lesson: Lesson): Promise<void> => {
    const setups = setupsOf(lab.id);
    const work = runPreparation(lab, scriptsFor(lesson, setups), setups.abort.signal)
      .then(() => {
        setups.done.set(lesson.id, lesson.setup?.text);
        setups.start = lesson.start;
        onChange(lab.id);
      })
      .finally(() => setups.running.delete(lesson.id));
    setups.running.set(lesson.id, work);
    return work;
  };
  const scriptsFor = (lesson: Lesson, setups: LabSetups | undefined): readonly Script[] => {
    const start = setups?.start === lesson.start ? undefined : startScripts()[lesson.start];
    const setup = setups && isPrepared(setups, lesson) ? undefined : lesson.setup;
    return [start, setup].filter((script) => script !== undefined);
  };
  const isDone = (lab: Lab, lesson: Lesson) => !canDo(lesson, lab) || scriptsFor(lesson, labs.get(lab.id)).length === 0;
  const forget = (lab: LabId) => {
    labs.get(lab)?.abort.abort(new Fault('lab-lost'));
    labs.delete(lab);
  };
  return {
    isDone,
    preparedIn: (lab) => {
      const { done, start } = setupsOf(lab);
      return { done: new Map(done), ...(start !== undefined && { start }) };
    },
    putBack: (lab, { done, start }) => {
      forget(lab);
      const fresh = { abort: new AbortController(), running: new Map(), done: new Map(done) };
      labs.set(lab, { ...fresh, ...(start !== undefined && { start }) });
    },
    ensure: async (lab, lesson, signal) => {
      if (isDone(lab, lesson)) {
        const setups = setupsOf(lab.id);
        if (setups.start === lesson.start) return;
        setups.start = lesson.start;
        onChange(lab.id);
        return;
      }
      await orAborted(setupsOf(lab.id).running.get(lesson.id) ?? begin(lab, lesson), signal);
    },
    forget,
  };
}

const isPrepared = ({ done }: LabSetups, { id, setup }: Lesson) => done.has(id) && done.get(id) === setup?.text;

/** A lesson that is only for reading in this lab must not change it: a local lab is somebody's computer. */
function canDo({ steps }: Lesson, { capabilities }: Lab): boolean {
  return steps.length === 0 || steps.some(({ needs }) => needs.every((need) => capabilities.has(need)));
}

async function runPreparation(lab: Lab, scripts: readonly Script[], signal: AbortSignal): Promise<void> {
  for (const { path, text } of scripts) {
    const result = await lab.exec(text, { signal, timeoutMs: setupTimeoutMs });
    if (result.kind === 'exited' && result.exitCode === 0) continue;
    // Nobody has logged in yet: not a failure, only too early.
    if (result.kind === 'unreachable' && result.fault.code === 'ssh-not-connected') throw result.fault;
    throw new Fault('lesson-setup-failed', { detail: describeResult(path, result) });
  }
}

/** One line for people about a script that did not end well. */
export function describeResult(path: string, result: ExecResult): string {
  if (result.kind === 'unreachable') return result.fault.message;
  if (result.kind === 'timed-out') return `${path}: > ${Math.round(result.afterMs / 1000)} s`;
  const last = result.stderr.trim().split('\n').at(-1)?.slice(0, 200) ?? '';
  return `${path}: exit ${result.exitCode}${last && `, ${last}`}`;
}
