/**
 * Shows the syllable in composition at the cursor, over the screen. Knows nothing about where it comes from.
 */
import type { Terminal } from '@xterm/xterm';
import { element } from '../element.ts';

/** Makes the preview and answers with what shows a text; an empty one hides it. */
export function createCompositionPreview(terminal: Terminal): (text: string) => void {
  // The text is in the input field already, which is what screen readers follow.
  const view = element('div', { class: 'tp-composition', 'aria-hidden': 'true', hidden: true });
  const screen = terminal.element?.querySelector<HTMLElement>('.xterm-screen');
  screen?.append(view);
  const place = () => {
    if (view.hidden || !screen) return;
    const { active } = terminal.buffer;
    const height = screen.clientHeight / terminal.rows;
    const row = active.baseY - active.viewportY + active.cursorY;
    const column = Math.min(active.cursorX, terminal.cols - 1);
    view.style.left = `${(column * screen.clientWidth) / terminal.cols}px`;
    view.style.top = `${row * height}px`;
    view.style.lineHeight = `${height}px`;
    view.style.fontFamily = terminal.options.fontFamily ?? 'monospace';
    view.style.fontSize = `${terminal.options.fontSize}px`;
  };
  // The echo of the syllable before may arrive while this one is in composition.
  terminal.onCursorMove(place);
  return (text) => {
    view.textContent = text;
    view.hidden = text === '';
    place();
  };
}
