/**
 * The commands of a lesson as a list to look things up in: by step, in order, exactly as the text prints them.
 * Made from the .mdx source, so that there is nothing to keep in step by hand. Knows nothing about the page.
 */
import { type Addresses, fillAddresses } from '../course/addresses.ts';
import { splitCommands } from '../course/command-lines.ts';
import { type CodeBlock, type Command, parseProse } from '../course/prose.ts';

/** Commands that stand together in a text. */
export interface SheetBlock {
  /** The `for` of the variant they belong to, if any. */
  readonly variant?: string;
  /** Each with its comment, here-documents and all. */
  readonly commands: readonly string[];
}

/** A step that has commands. */
export interface SheetStep {
  readonly id: string;
  readonly blocks: readonly SheetBlock[];
}

/** Reads the commands of a lesson's text; steps without any are left out. */
export function buildCommandSheet(source: string, addresses: Addresses): readonly SheetStep[] {
  const prose = parseProse(fillAddresses(source, addresses));
  return prose.steps.flatMap(({ id, commands }) => {
    const first = new Map<CodeBlock, Command>();
    for (const command of commands) {
      const block = prose.blocks.findLast(({ line }) => line < command.line);
      if (block && !first.has(block)) first.set(block, command);
    }
    const blocks = [...first].map(([block, { variant }]) => ({
      ...(variant ? { variant: variant.for } : {}),
      commands: printedCommands(block),
    }));
    return blocks.length === 0 ? [] : [{ id, blocks }];
  });
}

/** The commands of a block with the comments that stand behind them. */
function printedCommands({ code }: CodeBlock): readonly string[] {
  const lines = code.split('\n');
  return splitCommands(code).map(({ firstLine, lastLine }) => {
    const printed = lines.slice(firstLine, lastLine + 1).map((line) => line.trimEnd());
    return printed.join('\n').trimStart();
  });
}
