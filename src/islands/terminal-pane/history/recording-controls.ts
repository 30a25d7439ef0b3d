/**
 * Begins and ends the recording of a terminal, and lists the learner's recordings to download or delete.
 * Knows nothing about how they are made.
 */
import type { TerminalWords } from '../../../i18n/terminal-words.ts';
import type { RecordingsView, RecordingView } from '../../../protocol/api.ts';
import type { ApiAnswer } from '../../api.ts';
import { button, element, setHidden, setText } from '../../element.ts';
import type { Page } from '../../page.ts';
import { isRecording } from '../is-recording.ts';
import { localTime } from './transcript.ts';

/** Whose recordings, and how it speaks. */
export interface RecordingOptions {
  readonly page: Page;
  readonly words: TerminalWords;
  /** Number of the terminal. */
  readonly terminal: number;
  readonly onNotice: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Makes the controls; hidden where nothing may be recorded. */
export function createRecordingControls(options: RecordingOptions): HTMLElement {
  const { page, words, terminal, signal } = options;
  const toggle = button('', () => void ask(`/terminals/t${terminal}/recording`, { on: !isOn() }), { signal });
  const note = element('p', { class: 'tp-history-intro' });
  const list = element('ul', { class: 'tp-recordings', 'aria-label': words.recordList });
  const host = element(
    'section',
    { class: 'tp-recording', 'aria-label': words.recording, hidden: true },
    toggle,
    note,
    list,
  );
  const isOn = () => isRecording(page.state.get().recordings, terminal);
  const ask = async (path: string, body: unknown) => {
    const answer: ApiAnswer<RecordingsView> = await page.api.call('POST', path, body);
    if (answer.ok) page.state.set({ recordings: answer.value });
    else options.onNotice(answer.message);
  };
  const remove = (id: string) => void ask(`/recordings/${id}/delete`, {});
  let shown: RecordingsView | undefined;
  page.state.watch(({ recordings }) => {
    setHidden(host, !recordings || recordings.keepDays === 0);
    if (!recordings || recordings === shown) return;
    shown = recordings;
    setText(toggle, isOn() ? words.recordStop : words.recordStart);
    toggle.classList.toggle('tp-record-on', isOn());
    setText(note, words.recordNote(recordings.keepDays));
    list.replaceChildren(...recordings.recordings.map((recording) => item(recording, remove, options)));
    setHidden(list, recordings.recordings.length === 0);
  }, signal);
  return host;
}

function item(
  recording: RecordingView,
  remove: (id: string) => void,
  { words, signal }: RecordingOptions,
): HTMLElement {
  const { id, terminal, startedAt, endedAt, endedBy, bytes } = recording;
  const size = `${Math.max(1, Math.round(bytes / 1024)).toLocaleString()} KB`;
  const name = words.recordName(
    terminal.slice(1),
    localTime(startedAt),
    endedAt === undefined ? words.recordingNow : size,
  );
  const link = element(
    'a',
    { href: `/api/recordings/${id}`, download: `${id}.cast`, 'aria-label': `${words.recordSave}: ${name}` },
    words.recordSave,
  );
  return element(
    'li',
    {},
    element('span', {}, name),
    ...(endedBy === undefined ? [] : [element('span', {}, words.recordEndedBy[endedBy])]),
    link,
    button(words.recordDelete, () => remove(id), { signal, 'aria-label': words.recordDeleteThis(name) }),
  );
}
