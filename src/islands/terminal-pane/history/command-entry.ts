/**
 * One command in the history: a heading with what was typed, how it went, its output as text, a button to copy it.
 * Knows nothing about the list around it.
 */
import type { TerminalWords } from '../../../i18n/terminal-words.ts';
import type { CommandView } from '../../../protocol/api.ts';
import { button, element } from '../../element.ts';
import type { Page } from '../../page.ts';
import { copyText } from '../copy-text.ts';
import { countOutputLines, localTime, outcomeOf, secondsOf } from './transcript.ts';

/** What an entry is made with. */
export interface EntryOptions {
  readonly page: Page;
  readonly words: TerminalWords;
  /** Says what came of a button. */
  readonly onNotice: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Makes the list item of a command. */
export function createEntry(command: CommandView, options: EntryOptions): HTMLLIElement {
  const { words } = options;
  const id = `tadak-command-${command.number}`;
  const heading = element('h3', { id, tabindex: '-1' }, element('code', {}, command.line || words.unknownLine));
  const entry = element(
    'li',
    { class: 'tp-command', 'data-number': command.number, 'aria-labelledby': id },
    heading,
    facts(command, options),
    ...output(command, options),
  );
  entry.classList.toggle('tp-command-failed', (command.exitCode ?? 0) !== 0);
  return entry;
}

function facts(command: CommandView, { page, words }: EntryOptions): HTMLElement {
  const seconds = secondsOf(command, page.locale);
  const time = new Date(command.startedAt);
  return element(
    'p',
    { class: 'tp-command-facts' },
    element('strong', {}, outcomeOf(command, words)),
    ...(command.output === undefined ? [] : [element('span', {}, words.lines(countOutputLines(command.output)))]),
    ...(seconds === undefined ? [] : [element('span', {}, words.seconds(seconds))]),
    element('time', { datetime: time.toISOString() }, localTime(command.startedAt)),
  );
}

function output({ number, output: text, isCut }: CommandView, options: EntryOptions): HTMLElement[] {
  const { words, signal } = options;
  if (text === undefined) return [element('p', {}, words.lostOutput)];
  if (text === '') return [element('p', {}, words.noOutput)];
  const copy = () =>
    void copyText(text).then((isCopied) => options.onNotice(isCopied ? words.copied : words.copyFailed));
  return [
    ...(isCut ? [element('p', {}, words.cutOutput)] : []),
    element('pre', { tabindex: '0', role: 'group', 'aria-label': words.outputOf(number) }, text),
    button(words.copyOutput, copy, { signal, 'aria-label': words.copyOutputOf(number) }),
  ];
}
