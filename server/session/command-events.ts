/**
 * What happens at the prompt, as events: from the marks in the output, and from Enter where there are none.
 * Knows nothing about ptys and viewers; a terminal session is one with both.
 */
import { ActivityWatch } from './activity-watch.ts';
import { type CommandMark, CommandMarks } from './command-marks.ts';
import { Listeners } from './listeners.ts';

/** Tells about prompts and commands. */
export class CommandEvents {
  readonly #prompt = new Listeners<undefined>();
  readonly #start = new Listeners<undefined>();
  readonly #end = new Listeners<{ readonly exitCode?: number }>();
  readonly #activity = new Listeners<undefined>();
  readonly #marks = new CommandMarks((mark) => this.#handleMark(mark));
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

  /** Output to look for marks in. */
  protected scanOutput(bytes: Uint8Array): void {
    this.#marks.scan(bytes);
  }

  /** Input to look for Enter in. */
  protected scanInput(bytes: Uint8Array): void {
    this.#watch.handleInput(bytes);
  }

  /** Nothing more is awaited. */
  protected stopWatching(): void {
    this.#watch[Symbol.dispose]();
  }

  #handleMark(mark: CommandMark): void {
    if (mark.kind === 'prompt') this.#prompt.emit(undefined);
    else if (mark.kind === 'command-start') this.#start.emit(undefined);
    else if (mark.kind === 'command-end') {
      this.#watch.handleCommandEnd();
      this.#end.emit(mark.exitCode === undefined ? {} : { exitCode: mark.exitCode });
    }
  }
}
