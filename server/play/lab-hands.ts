/**
 * What play does in a lab besides typing: runs a lesson's scripts over the second channel and asks the check, all of it
 * written into the transcript. Knows nothing about what should come of it.
 */
import type { Course, Lesson, Script, Step } from '../../src/course/model.ts';
import type { CheckResult } from '../../src/course/result.ts';
import { runCheck } from '../check/run-check.ts';
import { runScript } from '../check/run-script.ts';
import type { Lab } from '../lab/lab.ts';
import { readLabFacts } from '../lab/lab-facts.ts';
import { describeCheck } from './sentences.ts';
import type { Transcript } from './transcript.ts';

/** What the hands work on. */
export interface LabHandsOptions {
  readonly lab: Lab;
  readonly course: Course;
  readonly lesson: Lesson;
  readonly transcript: Transcript;
  /** How long a state may take to come about: services start, names settle. Milliseconds. */
  readonly settleMs: number;
  /** How many times its own limit a check may take here: whether it is right and whether it is quick are two questions. */
  readonly slack: number;
  readonly signal: AbortSignal;
}

/** Longest time of a script that changes the lab, milliseconds: generous, since slow labs emulate their CPU. */
const scriptTimeoutMs = 300_000;
/** Time between two looks, milliseconds: a check itself takes as long. */
const lookAgainMs = 500;

/** What is written down of a lab. */
const versionNames = ['system', 'kernel', 'docker', 'podman'] as const;

/** The hands. */
export class LabHands {
  readonly #options: LabHandsOptions;

  constructor(options: LabHandsOptions) {
    this.#options = options;
  }

  /** Runs a script as root; says how it ended when it did not end well. */
  async run(script: Script): Promise<string | undefined> {
    const { lab, transcript, signal } = this.#options;
    const result = await lab.exec(script.text, { signal, timeoutMs: scriptTimeoutMs });
    transcript.ran(script.path, result);
    if (result.kind === 'unreachable') return result.fault.message;
    if (result.kind === 'timed-out') return `> ${Math.round(result.afterMs / 1000)} s`;
    return result.exitCode === 0 ? undefined : `exit ${result.exitCode}`;
  }

  /** Versions of the lab's programs, by name. */
  async versions(): Promise<Readonly<Record<string, string>>> {
    const { lab, signal } = this.#options;
    const all = await readLabFacts(lab, signal);
    // What the builder of a kernel appends to its version says nothing to a reader, and may be about this host.
    const facts = { ...all, ...(all.kernel && { kernel: all.kernel.replace(/-.*/, '') }) };
    return Object.fromEntries(versionNames.flatMap((name) => (facts[name] ? [[name, facts[name]]] : [])));
  }

  /** Asks the check once. */
  async check(step: Step, answers?: Readonly<Record<string, string>>): Promise<CheckResult> {
    const { lab, course, lesson, transcript, slack, signal } = this.#options;
    const patient = { ...step, timeoutMs: step.timeoutMs * slack };
    const result = await runCheck({
      ...{ lab, course, lesson, step: patient, answers, signal },
      onRun: ({ script, result: run }) => {
        if (run.kind !== 'exited' || run.exitCode > 1) transcript.ran(script, run);
        else if (run.durationMs > step.timeoutMs) transcript.note(`${script}: slower than its ${step.timeoutMs} ms`);
      },
    });
    transcript.note(`check ${step.id}: ${describeCheck(result)}`);
    return result;
  }

  /** Asks the check until it says what is wanted, as the automatic check does, or the time is over. */
  async checkUntil(
    step: Step,
    isWanted: (result: CheckResult) => boolean,
    answers?: Readonly<Record<string, string>>,
  ): Promise<CheckResult> {
    const deadline = performance.now() + this.#options.settleMs;
    for (;;) {
      const result = await this.check(step, answers);
      if (isWanted(result) || result.status === 'error' || performance.now() > deadline) return result;
      await pause(lookAgainMs, this.#options.signal);
    }
  }

  /** What a value script prints; `undefined` when it prints nothing or fails. */
  async valueOf(script: Script): Promise<string | undefined> {
    const { lab, course, transcript, signal } = this.#options;
    const outcome = await runScript(script, {
      ...{ lab, library: course.checkLibrary, timeoutMs: 60_000, signal },
      onRun: ({ script: path, result }) => transcript.ran(path, result),
    });
    const value = outcome.kind === 'ran' && outcome.exitCode === 0 ? outcome.stdout.trim() : '';
    return value === '' ? undefined : value;
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stop = () => reject(signal.reason);
  const timer = setTimeout(resolve, ms);
  signal.addEventListener('abort', stop, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  });
}
