/**
 * A terminal's commands with their texts, as far as its backlog still has their bytes. A text is made when somebody
 * wants it, one at a time, and kept for the next who asks.
 * Knows nothing about viewers and shells.
 */
import type { CommandView } from '../../src/protocol/api.ts';
import type { TerminalSize } from '../../src/protocol/terminal.ts';
import type { Backlog } from './backlog.ts';
import type { CommandLog, LoggedCommand } from './command-log.ts';
import { type CommandText, renderCommand } from './command-text.ts';

/** What a history is made of. */
export interface CommandHistoryOptions {
  readonly commands: CommandLog;
  readonly backlog: Backlog;
  /** The terminal's size now. */
  readonly size: () => TerminalSize;
}

/** Which commands are wanted. */
export interface CommandRange {
  /** The first number; all that are remembered when absent. */
  readonly from?: number | undefined;
  /** At most so many, the latest. */
  readonly latest?: number | undefined;
}

/** Most of one command's output that is printed, bytes: its end. Some 50 ms of work. */
const maxOutputBytes = 512 * 1024;
/** A prompt with a line longer than this is not read. */
const maxPromptBytes = 16 * 1024;
/** Texts that are kept, characters in all. */
const maxKeptChars = 1_000_000;

/** Tells a terminal's commands. */
export class CommandHistory {
  readonly #options: CommandHistoryOptions;
  readonly #kept = new Map<number, CommandText>();
  #keptChars = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: CommandHistoryOptions) {
    this.#options = options;
  }

  /** The commands with what can be said of their output, oldest first. */
  list({ from = 1, latest }: CommandRange): Promise<readonly CommandView[]> {
    const listing = this.#turn.then(() => this.#list(from, latest));
    this.#turn = listing.catch(() => {});
    return listing;
  }

  async #list(from: number, latest: number | undefined): Promise<readonly CommandView[]> {
    const wanted = this.#options.commands.all.filter(({ number }) => number >= from);
    const views: CommandView[] = [];
    for (const command of latest === undefined ? wanted : wanted.slice(-latest)) {
      views.push(viewOf(command, await this.#textOf(command)));
    }
    return views;
  }

  async #textOf(command: LoggedCommand): Promise<CommandText | undefined> {
    const known = this.#kept.get(command.number);
    if (known !== undefined) return known;
    const { backlog, size } = this.#options;
    const isOver = command.outputTo !== undefined;
    const to = command.outputTo ?? backlog.end;
    const from = Math.max(command.outputFrom, backlog.start, to - maxOutputBytes);
    if (from > to || (from === to && command.outputFrom < to)) return undefined;
    const text = await renderCommand({
      prompt: this.#promptOf(command),
      output: this.#options.backlog.copy(from, to),
      size: size(),
    });
    const whole = from > command.outputFrom ? { ...text, isCut: true } : text;
    if (isOver) this.#keep(command.number, whole);
    return whole;
  }

  #promptOf({ promptFrom, outputFrom }: LoggedCommand): Uint8Array {
    const isKept = promptFrom >= this.#options.backlog.start && outputFrom - promptFrom <= maxPromptBytes;
    return isKept ? this.#options.backlog.copy(promptFrom, outputFrom) : new Uint8Array(0);
  }

  #keep(number: number, text: CommandText): void {
    this.#kept.set(number, text);
    this.#keptChars += text.output.length;
    for (const [oldest, { output }] of this.#kept) {
      if (this.#keptChars <= maxKeptChars) return;
      this.#kept.delete(oldest);
      this.#keptChars -= output.length;
    }
  }
}

function viewOf(command: LoggedCommand, text: CommandText | undefined): CommandView {
  const { number, startedAt, endedAt, exitCode } = command;
  return {
    ...{ number, startedAt, line: command.line ?? text?.typed ?? '' },
    ...(endedAt !== undefined && { endedAt }),
    ...(exitCode !== undefined && { exitCode }),
    ...(text !== undefined && { output: text.output }),
    isCut: text?.isCut ?? false,
  };
}
