/**
 * The line below a terminal that says how its connection stands and what can be done about it.
 * Counts are shown but not spoken. Knows nothing about sockets.
 */

import { terminalWords } from '../../i18n/terminal-words.ts';
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
  const reopen = button(t['terminal.reopen'], onReopen, { signal, hidden: true });
  const drop = button(t['terminal.dropInput'], onDropInput, { signal, hidden: true });
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
      host.dataset['state'] = state.kind;
      const sentence = stateSentence(state, page);
      const isCounted = state.kind === 'waiting' && state.waitingChars > 0;
      setText(spoken, isCounted ? t['terminal.waiting'] : sentence);
      spoken.classList.toggle('tp-unseen', isCounted);
      setText(shown, isCounted ? sentence : '');
      setHidden(drop, !isCounted);
      setHidden(reopen, state.kind !== 'exited' && state.kind !== 'ended');
      setText(reopen, state.kind === 'ended' ? t['terminal.retry'] : t['terminal.reopen']);
    },
    showNotice: (what) => showText(noticeSentence(what, page)),
    showText,
    showRecording: (isOn) => setHidden(recording, !isOn),
    showForeignSize: (foreign) => {
      setHidden(size, !foreign);
      setText(size, foreign ? t['terminal.otherSize'](foreign.cols, foreign.rows) : '');
    },
  };
}

function stateSentence(state: ConnectionState, { t, locale }: Page): string {
  if (state.kind === 'connecting') return t['terminal.connecting'];
  if (state.kind === 'attached') return state.readOnly ? t['terminal.readOnly'] : '';
  if (state.kind === 'exited') return t['terminal.exited'](state.exitCode);
  if (state.kind === 'ended') return state.because?.[locale] ?? t['terminal.closed'];
  if (state.waitingChars > 0) return t['terminal.waitingInput'](state.waitingChars);
  return state.because?.[locale] ?? t['terminal.waiting'];
}

function noticeSentence(notice: ConnectionNotice, { t, locale }: Page): string {
  if (notice.kind === 'input-dropped') return t['terminal.inputDropped'](notice.chars);
  if (notice.kind === 'queue-full') return t['terminal.queueFull'];
  if (notice.kind === 'new-shell') return t['terminal.newShell'];
  return notice.message[locale];
}
