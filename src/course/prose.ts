/**
 * What an .mdx text of a lesson says to the machine: its steps, the commands typed in each, its lines of
 * prose and blocks of code, whether it shows the quiz. Reads lines, not syntax trees: a `<Step id="…">` must stand at the start of a line.
 * Knows nothing about how the text is rendered.
 */
import type { Capability } from './capabilities.ts';
import { splitCommands } from './command-lines.ts';

/** A command of a block, as the learner types it; several lines where it goes on. */
export interface Command {
  readonly text: string;
  /** 1-based line in the .mdx file. */
  readonly line: number;
  /** Set inside `<Variant for="…">`: which group of variants it belongs to, and for which labs it is. */
  readonly variant?: Variant;
}

/** One `<Variant>` of one `<Variants>`. */
export interface Variant {
  /** Number of the `<Variants>` within the text. */
  readonly group: number;
  readonly for: string;
}

/** One `<Step>` of a text. */
export interface ProseStep {
  readonly id: string;
  readonly line: number;
  readonly commands: readonly Command[];
}

/** What was found in a text. */
export interface Prose {
  readonly steps: readonly ProseStep[];
  readonly hasQuiz: boolean;
  /** Lines of the text that are prose: outside of code blocks, 1-based. */
  readonly lines: readonly { readonly text: string; readonly line: number }[];
  /** Every code block: what its fence says, and its code. */
  readonly blocks: readonly CodeBlock[];
}

/** A fenced block of code. */
export interface CodeBlock {
  readonly info: string;
  readonly code: string;
  /** Line of the opening fence. */
  readonly line: number;
  readonly isClosed: boolean;
}

/** Whether an info string opens a block that a learner types. */
function isTyped(info: string): boolean {
  return /^(bash|sh|shell)\b/.test(info.trim());
}

interface OpenStep {
  readonly id: string;
  readonly line: number;
  readonly commands: Command[];
}

interface OpenBlock {
  readonly mark: string;
  readonly indent: number;
  readonly info: string;
  readonly line: number;
  readonly code: string[];
}

/** Reads a text. */
export function parseProse(text: string): Prose {
  const reader = new ProseReader();
  for (const [index, line] of text.split('\n').entries()) reader.read(line, index + 1);
  return reader.finish();
}

class ProseReader {
  readonly #steps: OpenStep[] = [];
  readonly #lines: { readonly text: string; readonly line: number }[] = [];
  readonly #blocks: CodeBlock[] = [];
  #step: OpenStep | undefined;
  #block: OpenBlock | undefined;
  #groups = 0;
  #variant: Variant | undefined;
  #hasQuiz = false;

  read(line: string, at: number): void {
    const fence = /^(\s*)(`{3,}|~{3,})(.*)$/.exec(line);
    if (this.#block) {
      const isEnd = fence && (fence[2] as string).startsWith(this.#block.mark) && (fence[3] as string).trim() === '';
      if (isEnd) this.#endBlock(true);
      else this.#block.code.push(dedent(line, this.#block.indent));
    } else if (fence) {
      const [, indent = '', mark = '', info = ''] = fence;
      this.#block = { mark, indent: indent.length, info: info.trim(), line: at, code: [] };
    } else {
      this.#lines.push({ text: line, line: at });
      this.#readTags(line, at);
    }
  }

  finish(): Prose {
    if (this.#block) this.#endBlock(false);
    return { steps: this.#steps, hasQuiz: this.#hasQuiz, lines: this.#lines, blocks: this.#blocks };
  }

  #readTags(line: string, at: number): void {
    const open = /^\s*<Step\s[^>]*?id="([^"]*)"/.exec(line);
    if (open) {
      this.#step = { id: open[1] as string, line: at, commands: [] };
      this.#steps.push(this.#step);
    }
    if (/<Variants[\s>]/.test(line)) this.#groups += 1;
    const variant = /<Variant\s[^>]*?for="([^"]*)"/.exec(line);
    if (variant) this.#variant = { group: this.#groups, for: variant[1] as string };
    if (/<\/Variant>/.test(line)) this.#variant = undefined;
    if (/<\/Step>/.test(line)) this.#step = undefined;
    if (/<Quiz\b/.test(line)) this.#hasQuiz = true;
  }

  #endBlock(isClosed: boolean): void {
    const { info, code, line } = this.#block as OpenBlock;
    this.#block = undefined;
    this.#blocks.push({ info, code: code.join('\n'), line, isClosed });
    if (!isTyped(info) || !this.#step) return;
    for (const { text, firstLine } of splitCommands(code.join('\n'))) {
      const variant = this.#variant ? { variant: this.#variant } : {};
      this.#step.commands.push({ text, line: line + 1 + firstLine, ...variant });
    }
  }
}

/** A block inside a list is indented; its code is not. */
function dedent(line: string, by: number): string {
  const indent = /^\s*/.exec(line)?.[0].length ?? 0;
  return line.slice(Math.min(indent, by));
}

/**
 * The commands of a step for a lab: those of the variant that the lab has, of the first variant where it has none, and
 * everything outside of variants.
 */
export function commandsOn(step: ProseStep, offered: ReadonlySet<Capability>): readonly Command[] {
  const chosen = new Map<number, string>();
  for (const { variant } of step.commands) {
    if (!variant) continue;
    const isOffered = (offered as ReadonlySet<string>).has(variant.for);
    const known = chosen.get(variant.group);
    if (known === undefined || (isOffered && !(offered as ReadonlySet<string>).has(known)))
      chosen.set(variant.group, variant.for);
  }
  return step.commands.filter(({ variant }) => !variant || chosen.get(variant.group) === variant.for);
}
