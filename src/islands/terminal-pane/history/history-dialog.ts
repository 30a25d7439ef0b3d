/**
 * The command history of a terminal, over the page: readable without the terminal's screen, walked along by headings,
 * list items or arrow keys, and saved as a text.
 * Knows nothing about xterm.js.
 */
import type { TerminalWords } from '../../../i18n/terminal-words.ts';
import type { CommandsView } from '../../../protocol/api.ts';
import { button, element, setText } from '../../element.ts';
import type { Page } from '../../page.ts';
import { createCommandList } from './command-list.ts';
import { createRecordingControls } from './recording-controls.ts';
import { saveText } from './save-file.ts';
import { formatTranscript, localTime } from './transcript.ts';

/** Whose history is shown. */
export interface HistoryOptions {
  readonly page: Page;
  readonly words: TerminalWords;
  /** Number of the terminal: 1 is `t1`. */
  readonly terminal: number;
  /** Calls back when a command ended, until the signal aborts. */
  readonly watchEnds: (listener: () => void, signal: AbortSignal) => void;
  readonly signal: AbortSignal;
}

const titleId = 'tadak-history-title';

/** Opens the dialog; the focus goes back to where it was when it closes. */
export async function openHistory({ page, words, terminal, watchEnds, signal: outer }: HistoryOptions): Promise<void> {
  const life = new AbortController();
  const signal = AbortSignal.any([life.signal, outer]);
  const notice = element('p', { role: 'status', class: 'tp-history-notice' });
  const say = (text: string) => setText(notice, text);
  const list = createCommandList({ page, words, signal, onNotice: say });
  const read = (from: number) =>
    page.api.call<CommandsView>('GET', `/terminals/t${terminal}/commands${from > 1 ? `?from=${from}` : ''}`);
  const refresh = async (from = list.wanted) => {
    const answer = await read(from);
    if (signal.aborted) return;
    if (answer.ok) list.show(answer.value);
    else say(`${words.failed} ${answer.message}`);
  };
  const save = async () => {
    const answer = await read(1);
    if (!answer.ok) return say(`${words.failed} ${answer.message}`);
    const now = localTime(Date.now());
    const title = `${words.transcript} ${terminal} · ${now}`;
    saveText(
      `terminal-${terminal}-${now.replace(/\D+/g, '-')}.txt`,
      formatTranscript(answer.value.commands, words, title),
    );
    say(words.saved);
  };
  const dialog = element(
    'dialog',
    { class: 'tadak-dialog tp-history', 'aria-labelledby': titleId },
    element(
      'header',
      {},
      element('h2', { id: titleId }, words.title(terminal)),
      button(page.t['terminal.close'], () => dialog.close(), { signal }),
    ),
    element('p', { class: 'tp-history-intro' }, words.intro),
    element(
      'div',
      { class: 'tp-history-scroll', tabindex: '-1' },
      list.host,
      element('p', { class: 'tp-history-intro' }, words.noMarks),
    ),
    element(
      'footer',
      {},
      notice,
      button(words.save, () => void save(), { signal }),
      createRecordingControls({ page, words, terminal, onNotice: say, signal }),
    ),
  );
  dialog.addEventListener('close', () => {
    life.abort();
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
  await refresh(1);
  if (signal.aborted) return;
  list.focusLast();
  watchEnds(() => void refresh(), signal);
}
