/**
 * Prepares the source of a course's .mdx text before it is compiled: fills in addresses, marks the blocks of commands
 * inside steps, names asides in the text's language and brings the course's components into scope.
 * Line numbers stay as they are, so messages point at the author's line. Knows nothing about files.
 */
import { type Addresses, fillAddresses } from '../course/addresses.ts';
import type { Locale } from '../course/locales.ts';

/** Word in a fence's info string that makes its block a block of commands. */
export const commandMark = 'tadak-commands';

/** What the preparation needs to know. */
export interface ProseContext {
  readonly locale: Locale;
  readonly addresses: Addresses;
  /** Module specifier of each component usable without an import. */
  readonly components: Readonly<Record<string, string>>;
}

const asideTitles: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  ko: { note: '알아 두기', tip: '도움말', caution: '조심하세요', danger: '위험해요' },
  en: { note: 'Note', tip: 'Tip', caution: 'Caution', danger: 'Danger' },
};

function nameAside(line: string, locale: Locale): string {
  return line.replace(/^(\s*:{3,})(note|tip|caution|danger)(?!\[)/, (whole, colons: string, kind: string) => {
    const title = asideTitles[locale][kind];
    return title ? `${colons}${kind}[${title}]` : whole;
  });
}

function markCommands(lines: readonly string[], locale: Locale): string[] {
  let fence: string | undefined;
  let isInStep = false;
  return lines.map((line) => {
    const mark = /^(\s*)(`{3,}|~{3,})(.*)$/.exec(line);
    if (fence !== undefined) {
      if (mark && (mark[2] ?? '').startsWith(fence) && mark[3]?.trim() === '') fence = undefined;
      return line;
    }
    if (mark) {
      fence = mark[2];
      return isInStep && /^(bash|sh|shell)\b/.test((mark[3] ?? '').trim()) ? `${line.trimEnd()} ${commandMark}` : line;
    }
    if (/^\s*<Step[\s>]/.test(line)) isInStep = true;
    if (/<\/Step>/.test(line)) isInStep = false;
    return nameAside(line, locale);
  });
}

/** Prepares one text. */
export function prepareProse(source: string, context: ProseContext): string {
  const lines = markCommands(fillAddresses(source, context.addresses).split('\n'), context.locale);
  const imports = Object.entries(context.components).map(([name, from]) => `import ${name} from '${from}';`);
  return `${lines.join('\n')}\n\n${imports.join('\n')}\n`;
}
