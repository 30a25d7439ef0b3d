/**
 * Turns a command of the lesson into key strokes. Pure; knows nothing about xterm.js.
 */
import { enterKey, keysOfCommand } from '../../course/command-lines.ts';
import type { PromptInput } from './prompt-line.ts';
import { holdsCommand } from './prompt-line.ts';

/** Keys to send, and whether they run the command. */
export interface TypedKeys {
  readonly keys: string;
  readonly isRun: boolean;
}

/** How things stand when a command is clicked. */
export interface TypingContext {
  readonly prompt: PromptInput;
  /** Whether the program asked for pastes to be marked. */
  readonly isBracketed: boolean;
  readonly runAtOnce: boolean;
  /** The command that was typed last, when no key was pressed since. */
  readonly justTyped: string | undefined;
}

/** Ctrl+E, Ctrl+U: to the end of the line and delete backwards. Sent only where the shell said that it is a prompt. */
const clearLine = '\x05\x15';

/** The keys for a click on `command`. */
export function keysForCommand(command: string, context: TypingContext): TypedKeys {
  const isMultiline = command.includes('\n');
  const isHeld = context.justTyped === command || (!isMultiline && holdsCommand(context.prompt, command));
  if (isHeld) return { keys: enterKey, isRun: true };
  const clear = context.prompt.isExact && context.prompt.text !== '' ? clearLine : '';
  const text = keysOfCommand(command, context);
  return { keys: clear + text + (context.runAtOnce ? enterKey : ''), isRun: context.runAtOnce };
}
