/**
 * The commands of a lesson as a list to look things up in: by step, in order, exactly as the text prints them.
 * Made from the .mdx source, so that there is nothing to keep in step by hand. Knows nothing about the page.
 */
import { type Addresses, fillAddresses } from '../course/addresses.ts';
import { type Command, parseProse } from '../course/prose.ts';
import { splitCommands } from './command-lines.ts';

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
  const text = fillAddresses(source, addresses);
  const lines = text.split('\n');
  return parseProse(text).steps.flatMap(({ id, commands }) => {
    const blocks = groupByFence(commands, lines).map((group) => buildBlock(group, lines));
    return blocks.length === 0 ? [] : [{ id, blocks }];
  });
}

/** Commands between which no fence opens or closes belong to one block. */
function groupByFence(commands: readonly Command[], lines: readonly string[]): readonly (readonly Command[])[] {
  const groups: Command[][] = [];
  for (const command of commands) {
    const last = groups.at(-1)?.at(-1);
    const between = last && lines.slice(last.line, command.line - 1);
    if (between && !between.some((line) => /^\s*(?:`{3,}|~{3,})/.test(line))) groups.at(-1)?.push(command);
    else groups.push([command]);
  }
  return groups;
}

function buildBlock(group: readonly Command[], lines: readonly string[]): SheetBlock {
  const [first, last] = [group[0]?.line ?? 1, group.at(-1)?.line ?? 1];
  const code = dedent(lines.slice(first - 1, last));
  const commands = splitCommands(code.join('\n')).map(({ firstLine, lastLine }) =>
    code
      .slice(firstLine, lastLine + 1)
      .map((line) => line.trimEnd())
      .join('\n'),
  );
  const variant = group[0]?.variant;
  return variant === undefined ? { commands } : { variant, commands };
}

function dedent(lines: readonly string[]): readonly string[] {
  const depth = /^\s*/.exec(lines[0] ?? '')?.[0].length ?? 0;
  return lines.map((line) => (line.slice(0, depth).trim() === '' ? line.slice(depth) : line));
}
