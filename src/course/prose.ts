/**
 * What an .mdx text of a lesson says to the machine: its steps, the commands typed in each, whether it shows
 * the quiz, which variants it has. Reads lines, not syntax trees: a `<Step id="…">` or a `<Variant for="…">` must
 * stand at the start of a line.
 * Knows nothing about how the text is rendered.
 */

/** A line of a command block, as the learner types it. */
export interface Command {
  readonly text: string;
  /** 1-based line in the .mdx file. */
  readonly line: number;
  /** The `for` of the `<Variant>` around it; absent for a command that everybody types. */
  readonly variant?: string;
}

/** One `<Variant>` of a text. */
export interface ProseVariant {
  /** What the lab must have for it. */
  readonly for: string;
  readonly line: number;
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
  readonly variants: readonly ProseVariant[];
  readonly hasQuiz: boolean;
}

/** Whether an info string opens a block that a learner types. */
function isTyped(info: string): boolean {
  return /^(bash|sh|shell)\b/.test(info.trim());
}

/**
 * Strips a trailing comment (` # …` outside quotes) and white space from a shell line.
 * A line that is only a comment becomes empty.
 */
export function stripComment(line: string): string {
  let quote = '';
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] as string;
    if (quote !== '') {
      if (char === quote) quote = '';
      else if (char === '\\' && quote === '"') at += 1;
    } else if (char === '\\') at += 1;
    else if (char === "'" || char === '"') quote = char;
    else if (char === '#' && (at === 0 || /\s/.test(line[at - 1] as string))) return line.slice(0, at).trimEnd();
  }
  return line.trimEnd();
}

interface OpenStep {
  readonly id: string;
  readonly line: number;
  readonly commands: Command[];
}

/** Reads a text. */
export function parseProse(text: string): Prose {
  const steps: OpenStep[] = [];
  const variants: ProseVariant[] = [];
  let variant: string | undefined;
  let step: OpenStep | undefined;
  let fence: { readonly mark: string; readonly typed: boolean } | undefined;
  let hasQuiz = false;
  for (const [index, line] of text.split('\n').entries()) {
    const mark = /^\s*(`{3,}|~{3,})(.*)$/.exec(line);
    if (fence) {
      if (mark && (mark[1] as string).startsWith(fence.mark) && (mark[2] as string).trim() === '') fence = undefined;
      else if (fence.typed && step) addCommand(step, line, index + 1, variant);
      continue;
    }
    if (mark) {
      fence = { mark: mark[1] as string, typed: isTyped(mark[2] as string) };
      continue;
    }
    const open = /^\s*<Step\s[^>]*?id="([^"]*)"/.exec(line);
    if (open) {
      step = { id: open[1] as string, line: index + 1, commands: [] };
      steps.push(step);
    }
    const openVariant = /^\s*<Variant\s[^>]*?for="([^"]*)"/.exec(line);
    if (openVariant) {
      variant = openVariant[1] as string;
      variants.push({ for: variant, line: index + 1 });
    }
    if (/<\/Variant>/.test(line)) variant = undefined;
    if (/<\/Step>/.test(line)) step = undefined;
    if (/<Quiz\b/.test(line)) hasQuiz = true;
  }
  return { steps, variants, hasQuiz };
}

function addCommand(step: OpenStep, line: string, at: number, variant: string | undefined): void {
  const text = stripComment(line.trim());
  if (text !== '') step.commands.push({ text, line: at, ...(variant === undefined ? {} : { variant }) });
}
