/**
 * What a learner can do with the commands of one terminal: jump between them, copy the last one's output, read their
 * history, hear that one ended.
 * Knows nothing about how output arrives.
 */
import type { Terminal } from '@xterm/xterm';
import { terminalWords } from '../../i18n/terminal-words.ts';
import type { CommandsView } from '../../protocol/api.ts';
import type { Page } from '../page.ts';
import type { Store } from '../store.ts';
import { followCommands } from './command-markers.ts';
import { createCommandSpeech } from './command-speech.ts';
import { copyText } from './copy-text.ts';
import type { TerminalSettings } from './settings.ts';

/** What the tools work on. */
export interface CommandToolsOptions {
  readonly page: Page;
  readonly terminal: Terminal;
  /** Number of the terminal: 1 is `t1`. */
  readonly number: number;
  readonly settings: Store<TerminalSettings>;
  /** Whether the output that is read now is told to nobody: it is repeated, or its terminal is hidden. */
  readonly isSilent: () => boolean;
  /** Shows and says a sentence. */
  readonly onNotice: (text: string) => void;
  readonly signal: AbortSignal;
}

/** The tools of a terminal. */
export interface CommandTools {
  jump(by: -1 | 1): void;
  copyLastOutput(): Promise<void>;
  openHistory(): Promise<void>;
}

/** Makes the tools. */
export function createCommandTools(options: CommandToolsOptions): CommandTools {
  const { page, terminal, number, settings, isSilent, onNotice, signal } = options;
  const words = terminalWords(page.locale);
  const listeners = new Set<() => void>();
  const speak = createCommandSpeech(words, page.announce);
  const markers = followCommands(terminal, (end) => {
    if (isSilent()) return;
    if (settings.get().announce !== 'none') speak(end);
    for (const listener of listeners) listener();
  });
  const watchEnds = (listener: () => void, until: AbortSignal) => {
    listeners.add(listener);
    until.addEventListener('abort', () => listeners.delete(listener));
  };
  return {
    jump: (by) => {
      const line = markers.jump(by);
      page.announce(line === undefined ? words.noPrevious : words.atPrompt(line));
    },
    copyLastOutput: async () => {
      const answer = await page.api.call<CommandsView>('GET', `/terminals/t${number}/commands?latest=2`);
      if (!answer.ok) return onNotice(answer.message);
      const last = answer.value.commands.findLast(({ endedAt }) => endedAt !== undefined);
      if (!last?.output) return onNotice(words.nothingToCopy);
      onNotice((await copyText(last.output)) ? words.copiedLast(last.line) : words.copyFailed);
    },
    openHistory: async () => {
      const { openHistory } = await import('./history/history-dialog.ts');
      if (!signal.aborted) await openHistory({ page, words, terminal: number, watchEnds, signal });
    },
  };
}
