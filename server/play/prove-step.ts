/**
 * Proves one step on a lab that stands at its start: the check says no, each wrong turn gets its own hint, the commands
 * as printed (or, for a task that prints none, the model solution) lead to a pass that holds, a reset takes it back, and
 * every known solution leads to a pass again.
 * Knows nothing about how the lab was made and which language the commands are from.
 */
import type { Localized } from '../../src/course/locales.ts';
import type { Script, Step } from '../../src/course/model.ts';
import type { Command } from '../../src/course/prose.ts';
import type { CheckResult } from '../../src/course/result.ts';
import type { LabHands } from './lab-hands.ts';
import type { Proof } from './proof.ts';
import type { Depth } from './report.ts';
import { describeCheck, sentences } from './sentences.ts';
import type { Transcript } from './transcript.ts';
import { typeCommands } from './type-commands.ts';
import type { Typist } from './typist.ts';

/** What a step's proof needs. */
export interface StepProofInput {
  readonly step: Step;
  readonly commands: readonly Command[];
  readonly depth: Depth;
  readonly hands: LabHands;
  readonly typist: Typist;
  readonly transcript: Transcript;
}

type Complain = (message: Localized) => void;
type Answers = Readonly<Record<string, string>>;

const isFail = ({ status }: CheckResult) => status === 'fail';
const isPass = ({ status }: CheckResult) => status === 'pass';

/** Proves the step; what is wrong goes into `proof`. Rejects only when the play is given up. */
export async function proveStep(input: StepProofInput, proof: Proof): Promise<void> {
  const { step, depth } = input;
  await proof.phase('start', (complain) => expectStart(input, complain));
  if (depth === 'full') for (const id of Object.keys(step.wrong)) await proveWrongTurn(input, proof, id);
  // A task prints no commands: how it is done is for the learner to find, so the model solution stands in.
  const { check, solve } = step;
  if (input.commands.length > 0 || !check || !solve)
    await proof.phase('typed', (complain) => typeCommands(input, complain));
  else await proof.phase('solved', (complain) => runSolution(input, solve, complain));
  await provePass(input, proof);
  if (depth === 'walk') return;
  if (step.check) await proveReset(input, proof, 'reset');
  for (const [name, script] of Object.entries(step.alternatives)) {
    await proof.phase(`alt/${name}`, (complain) => expectSolved(input, script, complain));
    if (step.check) await proveReset(input, proof, `reset after alt/${name}`);
  }
  await proof.phase('solve', async (complain) => {
    if (step.solve) await expectSolved(input, step.solve, complain);
    else complain(sentences.missingScript('solve.sh'));
  });
}

async function expectStart({ hands, step }: StepProofInput, complain: Complain): Promise<void> {
  const result = await hands.check(step);
  if (result.status === 'pass') complain(sentences.passesAtStart());
  else if (result.status !== 'fail') complain(sentences.notFailing(describeCheck(result)));
}

/** A wrong turn from the start; the reset leads back to it. */
async function proveWrongTurn(input: StepProofInput, proof: Proof, hint: string): Promise<void> {
  const { hands, step } = input;
  await proof.phase(`wrong/${hint}`, async (complain) => {
    await hands.run(step.wrong[hint] as Script);
    const isWanted = (result: CheckResult) => result.status === 'fail' && result.hint === hint;
    const result = await hands.checkUntil(step, isWanted);
    if (!isWanted(result)) complain(sentences.otherHint(hint, describeCheck(result)));
    await reset(input, complain);
  });
}

async function provePass(input: StepProofInput, proof: Proof): Promise<void> {
  const { hands, step, depth } = input;
  const answers = await proof.phase('check', async (complain) => {
    const right = await answersOf(input, complain);
    const result = await hands.checkUntil(step, isPass, right);
    if (!isPass(result)) complain(sentences.notPassing(describeCheck(result)));
    return right;
  });
  if (depth === 'walk') return;
  await proof.phase('again', async (complain) => {
    const result = await hands.check(step, answers);
    if (!isPass(result)) complain(sentences.notPassing(describeCheck(result)));
  });
  for (const ask of step.ask) {
    await proof.phase(`wrong value/${ask.id}`, (complain) =>
      expectWrongValue(input, { id: ask.id, answers }, complain),
    );
  }
}

/** Another choice where the learner chooses, another text where the learner types. */
async function expectWrongValue(
  { hands, step }: StepProofInput,
  { id, answers }: { readonly id: string; readonly answers: Answers },
  complain: Complain,
): Promise<void> {
  const ask = step.ask.find((candidate) => candidate.id === id);
  const other = ask?.choices?.find((choice) => choice.id !== answers[id])?.id ?? `${answers[id] ?? ''}-wrong`;
  const result = await hands.check(step, { ...answers, [id]: other });
  const isTold = result.status === 'fail' && result.message === ask?.hint && result.wrongAnswers?.join() === id;
  if (!isTold) complain(sentences.wrongAnswerTaken(id, describeCheck(result)));
}

async function proveReset(input: StepProofInput, proof: Proof, name: string): Promise<void> {
  await proof.phase(name, (complain) => reset(input, complain));
}

/** Runs reset.sh; afterwards the check says no, without the learner's answers. */
async function reset({ hands, step }: StepProofInput, complain: Complain): Promise<void> {
  if (!step.reset) {
    complain(sentences.missingScript('reset.sh'));
    return;
  }
  const ending = await hands.run(step.reset);
  if (ending !== undefined) complain(sentences.scriptFailed(step.reset.path, ending));
  const result = await hands.checkUntil(step, isFail);
  if (!isFail(result)) complain(sentences.notFailing(describeCheck(result)));
}

async function runSolution({ hands }: StepProofInput, script: Script, complain: Complain): Promise<void> {
  const ending = await hands.run(script);
  if (ending !== undefined) complain(sentences.scriptFailed(script.path, ending));
}

async function expectSolved(input: StepProofInput, script: Script, complain: Complain): Promise<void> {
  const { hands, step } = input;
  await runSolution(input, script, complain);
  // Process numbers and the like are new ones now.
  const result = await hands.checkUntil(step, isPass, await answersOf(input, complain));
  if (!isPass(result)) complain(sentences.notPassing(describeCheck(result)));
}

async function answersOf({ hands, step }: StepProofInput, complain: Complain): Promise<Answers> {
  const answers: Record<string, string> = {};
  for (const [id, script] of Object.entries(step.askScripts)) {
    const value = await hands.valueOf(script);
    if (value === undefined) complain(sentences.noValue(script.path));
    else answers[id] = value;
  }
  return answers;
}
