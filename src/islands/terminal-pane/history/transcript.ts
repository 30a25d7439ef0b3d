/**
 * A terminal's commands as one plain text, for a file. Pure; knows nothing about pages.
 */
import type { Locale } from '../../../course/locales.ts';
import type { TerminalWords } from '../../../i18n/terminal-words.ts';
import type { CommandView } from '../../../protocol/api.ts';

/** The text: a header, then each command with its time, exit code and output. Times are the reader's. */
export function formatTranscript(commands: readonly CommandView[], words: TerminalWords, title: string): string {
  const isPart = commands.some(({ output, isCut }) => output === undefined || isCut);
  const head = [title, ...(isPart ? [words.transcriptPart] : [])];
  return `${[head.join('\n'), ...commands.map((command) => formatCommand(command, words))].join('\n\n')}\n`;
}

function formatCommand(command: CommandView, words: TerminalWords): string {
  const { startedAt, line, output, isCut } = command;
  const lines = [`[${localTime(startedAt)}] ${outcomeOf(command, words)}`, `$ ${line || words.unknownLine}`];
  if (output === undefined) lines.push(`(${words.lostOutput})`);
  if (isCut) lines.push(`(${words.cutOutput})`);
  if (output) lines.push(output);
  return lines.join('\n');
}

/** How a command ended, in words. */
export function outcomeOf({ endedAt, exitCode }: CommandView, words: TerminalWords): string {
  if (endedAt === undefined) return words.running;
  return exitCode === undefined ? words.ended : words.exitCode(exitCode);
}

/** Lines of an output. */
export function countOutputLines(output: string): number {
  return output === '' ? 0 : output.split('\n').length;
}

/** `2026-01-31 09:05:07` in the reader's time zone. */
export function localTime(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

/** How long a command took, in seconds with one decimal below ten. */
export function secondsOf({ startedAt, endedAt }: CommandView, locale: Locale): string | undefined {
  if (endedAt === undefined) return undefined;
  const seconds = (endedAt - startedAt) / 1000;
  return seconds.toLocaleString(locale, { maximumFractionDigits: seconds < 10 ? 1 : 0 });
}
