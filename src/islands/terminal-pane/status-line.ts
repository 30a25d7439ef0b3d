/**
 * The line below a terminal that says how its connection stands and what can be done about it.
 * Counts are shown but not spoken. Knows nothing about sockets.
 */

import { type TerminalWords, terminalWords } from '../../i18n/terminal-words.ts';
import type { TerminalSize } from '../../protocol/terminal.ts';
import { button, element, setHidden, setText } from '../element.ts';
import type { Page } from '../page.ts';
import type { ConnectionNotice, ConnectionState } from './connection-state.ts';

/** How long a notice stays. */
const noticeMs = 6000;
/** What is said so soon after another sentence is added to it, ms: nobody has read that one yet. */
const addedWithinMs = 1000;

/** What the line can do. */
export interface StatusLineOptions {
  readonly page: Page;
  readonly onReopen: () => void;
  readonly onDropInput: () => void;
  /** Id of the hint that says how to leave: the terminal's field refers to it. */
  readonly hintId: string;
  readonly signal: AbortSignal;
}

/** The line and what changes it. */
export interface StatusLine {
  readonly host: HTMLElement;
  showState(state: ConnectionState): void;
  showNotice(notice: ConnectionNotice): void;
  /** Says any other sentence once. */
  showText(text: string): void;
  showRecording(isOn: boolean): void;
  showForeignSize(size: TerminalSize | undefined): void;
}

/** Makes the line. */
export function createStatusLine({ page, onReopen, onDropInput, hintId, signal }: StatusLineOptions): StatusLine {
  const { t } = page;
  const words = terminalWords(page.locale);
  const spoken = element('span', { role: 'status' });
  const shown = element('span', { 'aria-hidden': 'true' });
  const reopen = button(words.reopen, onReopen, { signal, hidden: true });
  const drop = button(words.dropInput, onDropInput, { signal, hidden: true });
  const size = element('span', { hidden: true });
  const notice = element('span', { role: 'status', class: 'tp-notice' });
  const hint = element('span', { class: 'tp-hint', id: hintId }, words.hint);
  const recording = element('span', { class: 'tp-recording-mark', hidden: true }, words.recordingNow);
  const host = element('div', { class: 'tp-status' }, recording, spoken, shown, drop, reopen, size, notice, hint);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let saidAt = Number.NEGATIVE_INFINITY;

  const showText = (text: string) => {
    const isUnread = performance.now() - saidAt < addedWithinMs;
    saidAt = performance.now();
    notice.textContent = isUnread ? `${notice.textContent} ${text}` : text;
    clearTimeout(timer);
    timer = setTimeout(() => {
      notice.textContent = '';
    }, noticeMs);
  };
  return {
    host,
    showState: (state) => {
      // A new attempt is no news: the line stays as it was until it succeeds.
      host.dataset['state'] = state.kind === 'connecting' && state.isAgain ? 'waiting' : state.kind;
      const sentence = stateSentence(state, { page, words });
      const isCounted = 'waitingChars' in state && state.waitingChars > 0;
      setText(spoken, isCounted ? stateSentence({ ...state, waitingChars: 0 }, { page, words }) : sentence);
      spoken.classList.toggle('tp-unseen', isCounted);
      setText(shown, isCounted ? sentence : '');
      setHidden(drop, !isCounted);
      setHidden(reopen, state.kind !== 'exited' && state.kind !== 'ended');
      setText(reopen, state.kind === 'ended' ? t['terminal.retry'] : words.reopen);
    },
    showNotice: (what) => showText(noticeSentence(what, { page, words })),
    showText,
    showRecording: (isOn) => setHidden(recording, !isOn),
    showForeignSize: (foreign) => {
      setHidden(size, !foreign);
      setText(size, foreign ? words.otherSize(foreign.cols, foreign.rows) : '');
    },
  };
}

interface Speech {
  readonly page: Page;
  readonly words: TerminalWords;
}

function stateSentence(state: ConnectionState, { page: { t, locale }, words }: Speech): string {
  if (state.kind === 'attached') return state.readOnly ? t['terminal.readOnly'] : '';
  if (state.kind === 'exited') return words.exited(state.exitCode);
  if (state.kind === 'ended') return state.because?.[locale] ?? words.closed;
  const { waitingChars } = state;
  if (state.kind === 'connecting' && !state.isAgain)
    return waitingChars > 0 ? words.connectingInput(waitingChars) : words.connecting;
  if (!navigator.onLine && !state.because) return waitingChars > 0 ? words.offlineInput(waitingChars) : words.offline;
  if (waitingChars > 0) return words.waitingInput(waitingChars);
  return state.because?.[locale] ?? words.waiting;
}

function noticeSentence(notice: ConnectionNotice, { page: { locale }, words }: Speech): string {
  if (notice.kind === 'input-dropped') return words.inputDropped[notice.because](notice.chars);
  if (notice.kind === 'queue-full') return words.queueFull;
  if (notice.kind === 'new-shell') return words.newShell;
  return notice.message[locale];
}
