/**
 * What happens at the prompt, as events and as a list: from the marks in the output, and from Enter where there are
 * none. Hands on the output itself to whoever records it.
 * Knows nothing about ptys and viewers; a terminal session is one with both.
 */
import type { TerminalSize } from '../../src/protocol/terminal.ts';
import { ActivityWatch } from './activity-watch.ts';
import { CommandLog } from './command-log.ts';
import { type CommandMark, CommandMarks, type MarkRange } from './command-marks.ts';
import { Listeners } from './listeners.ts';

/** Tells about prompts and commands. */
export class CommandEvents {
  /** The commands so far. */
  readonly commands = new CommandLog(Date.now);
  readonly #prompt = new Listeners<undefined>();
  readonly #start = new Listeners<undefined>();
  readonly #end = new Listeners<{ readonly exitCode?: number }>();
  readonly #activity = new Listeners<undefined>();
  readonly #resize = new Listeners<TerminalSize>();
  readonly #output = new Listeners<Uint8Array>();
  readonly #marks = new CommandMarks((mark, range) => this.#handleMark(mark, range));
  readonly #watch = new ActivityWatch(() => this.#activity.emit(undefined));

  /** The shell shows its prompt (with shell integration). */
  onPrompt(listener: () => void): Disposable {
    return this.#prompt.add(listener);
  }

  /** A command begins. */
  onCommandStart(listener: () => void): Disposable {
    return this.#start.add(listener);
  }

  /** A command ended. */
  onCommandEnd(listener: (end: { readonly exitCode?: number }) => void): Disposable {
    return this.#end.add(listener);
  }

  /** Enter was typed and no command's end followed: perhaps something happened in a nested program. */
  onActivity(listener: () => void): Disposable {
    return this.#activity.add(listener);
  }

  /** Something was printed; the bytes are good until the listener returns. */
  onOutput(listener: (bytes: Uint8Array) => void): Disposable {
    return this.#output.add(listener);
  }

  /** The terminal has another size. */
  onResize(listener: (size: TerminalSize) => void): Disposable {
    return this.#resize.add(listener);
  }

  /** Output to look for marks in. */
  protected scanOutput(bytes: Uint8Array): void {
    this.#output.emit(bytes);
    this.#marks.scan(bytes);
  }

  /** Output that is not this shell's. */
  protected skipOutput(bytes: number): void {
    this.#marks.skip(bytes);
  }

  /** The size changed, between the output before and after. */
  protected tellResize(size: TerminalSize): void {
    this.#resize.emit(size);
  }

  /** Input to look for Enter in. */
  protected scanInput(bytes: Uint8Array): void {
    this.#watch.handleInput(bytes);
  }

  /** Nothing more is awaited. */
  protected stopWatching(): void {
    this.#watch[Symbol.dispose]();
  }

  #handleMark(mark: CommandMark, range: MarkRange): void {
    this.commands.handleMark(mark, range);
    if (mark.kind === 'prompt') this.#prompt.emit(undefined);
    else if (mark.kind === 'command-start') this.#start.emit(undefined);
    else if (mark.kind === 'command-end') {
      this.#watch.handleCommandEnd();
      this.#end.emit(mark.exitCode === undefined ? {} : { exitCode: mark.exitCode });
    }
  }
}
