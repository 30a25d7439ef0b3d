/**
 * Types printed commands into a terminal as a learner does: a command, Enter, and the next one only when the prompt is
 * back. The prompt is known by the shell's own marks, never by what it looks like; a shell without marks is one that
 * lesson.yaml names. Knows nothing about checks.
 */
import { enterKey, keysOfCommand } from '../../src/course/command-lines.ts';
import type { TypedCommand } from '../../src/course/schema.ts';
import { keysOf } from './press-keys.ts';
import { type TerminalAddress, TerminalClient } from './terminal-client.ts';
import { lastLine, visibleText } from './visible-text.ts';

/** How long a terminal and a prompt may take, milliseconds. */
export interface Patience {
  readonly openMs: number;
  readonly promptMs: number;
}

/** How typing a command ended. */
export type TypingOutcome =
  | { readonly kind: 'prompt'; readonly exitCode: number | undefined }
  /** No prompt came in time. `awaited` is what lesson.yaml said would be shown, if that was not. */
  | { readonly kind: 'no-prompt'; readonly awaited?: string }
  | { readonly kind: 'ended' };

/** What a typist is given. */
export interface TypistOptions {
  readonly address: TerminalAddress;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

/** Time for a shell to come back after Ctrl-C, milliseconds. */
const interruptMs = 5_000;
/** How long after a refusal a terminal is asked for again, milliseconds. */
const retryMs = 1_000;

/** At the keyboard of one lab. */
export class Typist implements Disposable {
  readonly #options: TypistOptions;
  #client: TerminalClient;
  #number = 1;
  /** Prompt of a shell without marks that is open now. */
  #nested: RegExp | undefined;

  private constructor(client: TerminalClient, options: TypistOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Opens a terminal and waits for its first prompt; `undefined` when none came. */
  static async open(options: TypistOptions): Promise<Typist | undefined> {
    const typist = new Typist(await TerminalClient.connect(options.address), options);
    if (await typist.#awaitFirstPrompt()) return typist;
    typist[Symbol.dispose]();
    return undefined;
  }

  /** What this typist has seen since `from`, as a person reads it. */
  seenSince(from: number): string {
    return visibleText(this.#client.text.slice(from));
  }

  /** Where the output is now, for `seenSince`. */
  get position(): number {
    return this.#client.text.length;
  }

  /** Types a command and Enter, does what `how` says meanwhile, and waits until the next command can be typed. */
  async type(command: string, how?: TypedCommand): Promise<TypingOutcome> {
    const client = this.#client;
    const before = { prompts: client.promptsAfterCommands, codes: client.exitCodes.length };
    client.type(keysOfCommand(command, client));
    const entered = client.text.length;
    client.type(enterKey);
    const isBack = () => client.promptsAfterCommands > before.prompts || this.#isGone();
    // What a program asks must not be found in the echo of its own command line, nor answered before it runs.
    if (how?.answers.length) await client.until(() => isBack() || this.#outputSince(entered) >= 0, this.#promptWaiting);
    let from = Math.max(entered, this.#outputSince(entered));
    for (const { see, press } of how?.answers ?? []) {
      const pattern = new RegExp(see, 'u');
      const isSeen = () => pattern.test(visibleText(client.text.slice(from)));
      await client.until(() => isBack() || isSeen(), this.#promptWaiting);
      if (!isSeen()) return isBack() ? this.#outcome(before, see) : { kind: 'no-prompt', awaited: see };
      from = client.text.length;
      client.type(keysOf(press));
    }
    if (how?.prompt !== undefined) this.#nested = new RegExp(`(?:${how.prompt})\\s*$`, 'u');
    if (how?.reopens) return this.#awaitReopening();
    const isReady = () => isBack() || this.#isNestedReady(from);
    if (!(await client.until(isReady, this.#promptWaiting))) return { kind: 'no-prompt' };
    return this.#outcome(before);
  }

  /** Back to a prompt after something went wrong: Ctrl-C, else another terminal. Resolves with whether there is one. */
  async recover(): Promise<boolean> {
    const { signal } = this.#options;
    const { prompts } = this.#client;
    this.#nested = undefined;
    if (!this.#isGone()) {
      this.#client.type('\x03');
      if (await this.#client.until(() => this.#client.prompts > prompts, { withinMs: interruptMs, signal }))
        return true;
    }
    this.#client[Symbol.dispose]();
    this.#number = (this.#number % 6) + 1;
    this.#client = await TerminalClient.connect(this.#options.address);
    return this.#awaitFirstPrompt();
  }

  [Symbol.dispose](): void {
    this.#client[Symbol.dispose]();
  }

  get #promptWaiting() {
    return { withinMs: this.#options.patience.promptMs, signal: this.#options.signal };
  }

  #isGone(): boolean {
    return this.#client.isEnded || this.#client.isClosed;
  }

  /** Where the output of the command that was entered at `entered` begins; -1 before that. */
  #outputSince(entered: number): number {
    const begin = this.#nested ? '\n' : '\x1b]133;C';
    const at = this.#client.text.indexOf(begin, entered);
    return at < 0 ? -1 : at + begin.length;
  }

  #isNestedReady(from: number): boolean {
    const since = this.#client.text.slice(from);
    return this.#nested !== undefined && since.includes('\n') && this.#nested.test(lastLine(since));
  }

  #outcome(before: { readonly prompts: number; readonly codes: number }, awaited?: string): TypingOutcome {
    if (this.#isGone()) return { kind: 'ended' };
    if (awaited !== undefined) return { kind: 'no-prompt', awaited };
    const isOwnPrompt = this.#client.promptsAfterCommands > before.prompts;
    if (isOwnPrompt) this.#nested = undefined;
    const codes = this.#client.exitCodes.slice(before.codes);
    return { kind: 'prompt', exitCode: isOwnPrompt ? codes.at(-1) : undefined };
  }

  async #awaitReopening(): Promise<TypingOutcome> {
    if (!(await this.#client.until(() => this.#isGone(), this.#promptWaiting))) return { kind: 'no-prompt' };
    this.#client[Symbol.dispose]();
    this.#client = await TerminalClient.connect(this.#options.address);
    return (await this.#awaitFirstPrompt()) ? { kind: 'prompt', exitCode: undefined } : { kind: 'ended' };
  }

  /** A machine that is starting refuses at first: asked again until the time is over. */
  async #awaitFirstPrompt(): Promise<boolean> {
    const { patience, signal } = this.#options;
    const deadline = performance.now() + patience.openMs;
    const waiting = () => ({ withinMs: Math.max(1, deadline - performance.now()), signal });
    while (performance.now() < deadline && !this.#client.isClosed) {
      const { prompts } = this.#client;
      if (await this.#client.attach(`t${this.#number}`, waiting())) {
        await this.#client.until(() => this.#client.prompts > prompts || this.#isGone(), waiting());
        if (!this.#isGone()) return this.#client.prompts > prompts;
      }
      await this.#client.until(() => this.#client.isClosed, { withinMs: retryMs, signal });
    }
    return false;
  }
}
