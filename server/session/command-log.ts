/**
 * The commands of one life of a terminal, in the order in which they began: what was typed, when, how it ended, and
 * which bytes of the output are its own. Knows nothing about where those bytes are kept or what they look like.
 */
import type { CommandMark, MarkRange } from './command-marks.ts';

/** One command. Positions are numbers of bytes in the terminal's output. */
export interface LoggedCommand {
  /** From 1, in one life of the terminal. */
  readonly number: number;
  /** As the shell told it (OSC 633;E); absent where the shell does not. */
  readonly line?: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly exitCode?: number;
  /** Where its prompt begins, and where its output begins. */
  readonly promptFrom: number;
  readonly outputFrom: number;
  /** Where its output ends: at its end, or at the first prompt of a shell that it started. */
  readonly outputTo?: number;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Most commands that are remembered; the oldest are forgotten. */
export const maxLoggedCommands = 500;
/** Longest line that is remembered, characters: the shell sends at most 4,096 bytes, and 500 of those would be much. */
const maxLineChars = 1000;

/** Remembers the latest commands. */
export class CommandLog {
  readonly #now: () => number;
  readonly #commands: Writable<LoggedCommand>[] = [];
  /** Commands that have not ended: more than one where a shell was started in a shell. */
  readonly #running: Writable<LoggedCommand>[] = [];
  #last = 0;
  #promptFrom: number | undefined;
  #line: string | undefined;

  /** `now` tells milliseconds since the epoch. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The commands that are remembered, oldest first. */
  get all(): readonly LoggedCommand[] {
    return this.#commands;
  }

  /** A mark of the shell, in the order of the output. */
  handleMark(mark: CommandMark, range: MarkRange): void {
    if (mark.kind === 'prompt-start') this.#handlePrompt(range.from);
    else if (mark.kind === 'command-line') this.#line = mark.text.slice(0, maxLineChars);
    else if (mark.kind === 'command-start') this.#begin(range);
    else if (mark.kind === 'command-end') this.#end(range, mark.exitCode);
  }

  #handlePrompt(from: number): void {
    this.#promptFrom = from;
    const outer = this.#running.at(-1);
    if (outer !== undefined) outer.outputTo ??= from;
  }

  #begin({ from, to }: MarkRange): void {
    const command: Writable<LoggedCommand> = {
      number: ++this.#last,
      startedAt: this.#now(),
      promptFrom: this.#promptFrom ?? from,
      outputFrom: to,
      ...(this.#line !== undefined && { line: this.#line }),
    };
    this.#line = undefined;
    this.#commands.push(command);
    this.#running.push(command);
    if (this.#commands.length > maxLoggedCommands) this.#commands.shift();
    if (this.#running.length > maxLoggedCommands) this.#running.shift();
  }

  #end({ from }: MarkRange, exitCode: number | undefined): void {
    const command = this.#running.pop();
    if (command === undefined) return;
    command.endedAt = this.#now();
    command.outputTo ??= from;
    if (exitCode !== undefined) command.exitCode = exitCode;
  }
}
