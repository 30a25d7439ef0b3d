/**
 * Checks one step once: its script first, then the values that it asks for.
 * Knows nothing about progress, order of steps and who asked.
 */
import type { Course, Lesson, Step } from '../../src/course/model.ts';
import type { CheckResult } from '../../src/course/result.ts';
import type { Ask } from '../../src/course/schema.ts';
import type { Lab } from '../lab/lab.ts';
import { isSameAnswer } from './answer.ts';
import { readHintLine } from './read-verdict.ts';
import { errorResult, type RunOptions, runScript, type ScriptRun } from './run-script.ts';

/** What is needed to check a step. */
export interface CheckInput {
  readonly lab: Lab;
  readonly course: Course;
  readonly lesson: Lesson;
  readonly step: Step;
  /** Values for the step's `ask` fields by id. Without them a step that asks cannot pass. */
  readonly answers?: Readonly<Record<string, string>> | undefined;
  readonly signal: AbortSignal;
  /** Receives the full record of every script, for the author. */
  readonly onRun?: ((run: ScriptRun) => void) | undefined;
}

const notYet = {
  ko: '아직 목표 상태가 아니에요. 위의 명령을 다시 살펴봐 주세요.',
  en: 'Not there yet. Have another look at the commands above.',
};
const answerMissing = {
  ko: '여기까지 잘했어요. 이제 질문에 답을 적고 「확인하기」를 눌러 주세요.',
  en: 'Good so far. Now answer the question and press "Check".',
};

/** Checks `step` in `lab`. Never throws for what happens in the lab: that is the result. */
export async function runCheck(input: CheckInput): Promise<CheckResult> {
  const { lab, course, step, signal, onRun } = input;
  const options: RunOptions = { lab, library: course.checkLibrary, timeoutMs: step.timeoutMs, signal, onRun };
  const state = await checkState(step, options);
  if (state.status !== 'pass' || step.ask.length === 0) return state;
  return checkAnswers(step, input.answers, options);
}

async function checkState(step: Step, options: RunOptions): Promise<CheckResult> {
  if (!step.check) return { status: 'pass' };
  const outcome = await runScript(step.check, options);
  if (outcome.kind === 'error') return outcome.error;
  if (outcome.exitCode === 0) return { status: 'pass' };
  const line = readHintLine(outcome.stderr);
  return { status: 'fail', message: (line && step.hints[line.hint]) || notYet, ...line };
}

async function checkAnswers(step: Step, answers: CheckInput['answers'], options: RunOptions): Promise<CheckResult> {
  const given = step.ask.filter((ask) => (answers?.[ask.id] ?? '').trim() !== '');
  if (given.length < step.ask.length) {
    const missing = step.ask.filter((ask) => !given.includes(ask)).map((ask) => ask.id);
    return { status: 'fail', message: answerMissing, wrongAnswers: given.length === 0 ? [] : missing };
  }
  const wrong: Ask[] = [];
  for (const ask of step.ask) {
    const verdict = await checkAnswer(ask, answers?.[ask.id] ?? '', { step, options });
    if (verdict === 'wrong') wrong.push(ask);
    else if (verdict !== 'right') return verdict;
  }
  const [first] = wrong;
  return first ? { status: 'fail', message: first.hint, wrongAnswers: wrong.map((ask) => ask.id) } : { status: 'pass' };
}

async function checkAnswer(
  ask: Ask,
  answer: string,
  { step, options }: { readonly step: Step; readonly options: RunOptions },
): Promise<'right' | 'wrong' | CheckResult> {
  const script = step.askScripts[ask.id];
  if (!script) return errorResult('check-broken', { detail: `${step.id}/ask/${ask.id}.sh` });
  const outcome = await runScript(script, options);
  if (outcome.kind === 'error') return outcome.error;
  // A value script has no "not yet": it must print the value.
  if (outcome.exitCode !== 0 || outcome.stdout.trim() === '') {
    return errorResult('check-broken', { detail: `${script.path}: exit ${outcome.exitCode}` });
  }
  return isSameAnswer(answer, outcome.stdout) ? 'right' : 'wrong';
}
