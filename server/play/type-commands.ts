/**
 * Types the commands of one step, one after the other, and tells what a learner would stumble over: a command that
 * fails, a prompt that does not come back, a terminal that ends. Knows nothing about checks.
 */
import type { Localized } from '../../src/course/locales.ts';
import type { Step } from '../../src/course/model.ts';
import type { Command } from '../../src/course/prose.ts';
import { sentences } from './sentences.ts';
import type { Transcript } from './transcript.ts';
import type { TypingOutcome, Typist } from './typist.ts';

/** What typing needs. */
export interface TypingInput {
  readonly step: Step;
  readonly commands: readonly Command[];
  readonly typist: Typist;
  readonly transcript: Transcript;
}

/** Types them all; gives up the rest when the terminal is lost. */
export async function typeCommands(input: TypingInput, complain: (message: Localized) => void): Promise<void> {
  const { step, commands, typist, transcript } = input;
  for (const { text, line } of commands) {
    const how = step.typed.find(({ command }) => command === text);
    const from = typist.position;
    transcript.note(`type ${text}`);
    const outcome = await typist.type(text, how);
    transcript.quote(typist.seenSince(from));
    const message = complaintOf(outcome, { text, line, mayFail: how?.fails === true });
    if (message) complain(message);
    if (outcome.kind !== 'prompt') {
      if (!(await typist.recover())) complain(sentences.noTerminal());
      return;
    }
  }
}

function complaintOf(
  outcome: TypingOutcome,
  { text, line, mayFail }: { readonly text: string; readonly line: number; readonly mayFail: boolean },
): Localized | undefined {
  if (outcome.kind === 'ended') return sentences.terminalEnded(text, line);
  if (outcome.kind === 'no-prompt') return sentences.noPrompt(text, line, outcome.awaited);
  const { exitCode } = outcome;
  if (mayFail) return exitCode === 0 ? sentences.commandDidNotFail(text, line) : undefined;
  return exitCode === undefined || exitCode === 0 ? undefined : sentences.commandFailed(text, exitCode, line);
}
