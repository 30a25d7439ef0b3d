/**
 * Writes a tab: its name, and what its program tells beside it. Knows nothing about the bar.
 */
import type { TerminalWords } from '../../i18n/terminal-words.ts';
import { element } from '../element.ts';
import type { Progress, TabNote } from './tab-note.ts';

/** What is written. */
export interface TabContents {
  readonly note: TabNote;
  readonly words: TerminalWords;
}

/** Fills the tab anew. A program's title is text and never anything else. */
export function fillTab(tab: HTMLElement, name: string, { note, words }: TabContents): void {
  const { title, progress, hasRung, isRecording } = note;
  const text = progress && progressText(progress, words);
  const parts = [
    ...(isRecording
      ? [element('span', { class: 'tp-tab-recording', role: 'img', 'aria-label': words.recordingNow })]
      : []),
    name,
    ...(text ? [element('span', { class: 'tp-tab-progress' }, ` ${text}`)] : []),
    ...(title ? [element('span', { class: 'tp-tab-title' }, ` ${title}`)] : []),
    ...(hasRung ? [element('span', { class: 'tp-tab-bell' }, ` ${words.bell}`)] : []),
  ];
  tab.replaceChildren(...parts);
  tab.title = [name, title, text].filter(Boolean).join(' · ');
  tab.dataset['progress'] = progress?.kind ?? '';
  const percent = progress && progress.kind !== 'busy' ? progress.percent : 100;
  tab.style.setProperty('--tp-done', `${percent}%`);
}

function progressText(progress: Progress, words: TerminalWords): string {
  if (progress.kind === 'busy') return words.progressBusy;
  if (progress.kind === 'error') return words.progressError;
  return progress.kind === 'paused' ? words.progressPaused(progress.percent) : `${progress.percent}%`;
}
