/**
 * Hears what programs tell with the tab of their terminal: title, progress, bell. Knows nothing about tabs.
 */
import type { Terminal } from '@xterm/xterm';
import { parseProgress, sanitizeTitle, type TabNote } from './tab-note.ts';

/** Who is told. */
export interface NoteListener {
  onNote(change: Partial<Pick<TabNote, 'title' | 'progress'>>): void;
  onBell(): void;
}

/** Listens as long as the terminal lives. */
export function watchNotes(terminal: Terminal, { onNote, onBell }: NoteListener): void {
  terminal.onTitleChange((title) => onNote({ title: sanitizeTitle(title) }));
  terminal.onBell(onBell);
  terminal.parser.registerOscHandler(9, (body) => {
    const progress = parseProgress(body);
    if (progress !== undefined) onNote({ progress: progress === 'none' ? undefined : progress });
    return progress !== undefined;
  });
}
