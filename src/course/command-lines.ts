/**
 * Which lines of a shell block are typed together: a line by itself, or several when a quote, a here-document,
 * a backslash or a compound command goes on; and the keys that type them. The page's buttons and `tadak play` share
 * this, so that what is proven is what a click types. Knows nothing about how commands are shown.
 */

/** One command of a block. Lines are 0-based and inclusive. */
export interface CommandLines {
  readonly text: string;
  readonly firstLine: number;
  readonly lastLine: number;
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

const openers = /(?:^|[;&|(]\s*|\b(?:do|then|else)\s+)(?:for|while|until|if|case|select)\b|(?:^|[\s;&|])\{(?=\s|$)/g;
const closers = /(?:^|[;&|]\s*|\s)(?:done|fi|esac)\b|(?:^|[\s;])\}(?=\s|;|$)/g;

function hasOpenQuote(text: string): boolean {
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (char === '\\' && quote !== "'") at += 1;
    else if (quote === '' && (char === "'" || char === '"')) quote = char;
    else if (char === quote) quote = '';
  }
  return quote !== '';
}

function hereDocumentEnd(line: string): string | undefined {
  return /(?<!<)<<-?\s*(['"]?)([A-Za-z_][A-Za-z0-9_]*)\1/.exec(line)?.[2];
}

function goesOn(text: string): boolean {
  if (/(?:\\|\||&&)\s*$/.test(text) || hasOpenQuote(text)) return true;
  const bare = text.replace(/'[^']*'|"(?:\\.|[^"\\])*"/g, '');
  return (bare.match(openers)?.length ?? 0) > (bare.match(closers)?.length ?? 0);
}

/** Splits a block into its commands; comments and empty lines belong to none. */
export function splitCommands(code: string): readonly CommandLines[] {
  const lines = code.split('\n');
  const commands: CommandLines[] = [];
  for (let first = 0; first < lines.length; first += 1) {
    let text = stripComment(lines[first] ?? '').trimStart();
    if (text === '') continue;
    let last = first;
    const end = hereDocumentEnd(text);
    const take = () => {
      last += 1;
      return lines[last] ?? '';
    };
    if (end !== undefined) {
      while (last + 1 < lines.length && lines[last]?.trim() !== end) text += `\n${take()}`;
    } else while (last + 1 < lines.length && goesOn(text)) text += `\n${take().trimEnd()}`;
    commands.push({ text, firstLine: first, lastLine: last });
    first = last;
  }
  return commands;
}

/** Enter. */
export const enterKey = '\r';

/**
 * The keys that put a command behind the prompt, without the Enter that runs it. Several lines go as one marked paste
 * where the shell asked for that (`isBracketed`), so that it takes them as one command.
 */
export function keysOfCommand(command: string, { isBracketed }: { readonly isBracketed: boolean }): string {
  if (command.includes('\n') && isBracketed) return `\x1b[200~${command}\x1b[201~`;
  return command.replaceAll('\n', enterKey);
}
