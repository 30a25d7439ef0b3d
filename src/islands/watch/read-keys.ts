/**
 * What keys do in a terminal that one may only look at: they scroll, and whatever would have typed says that it does not.
 * The browser keeps its own keys: Tab leaves, copying copies. Knows nothing about connections.
 */
import type { Screen } from '../terminal-pane/screen.ts';

/** Takes the keys of `terminal`. */
export function readKeys(terminal: Screen['terminal'], onTyped: () => void): void {
  const scroll: Readonly<Record<string, () => void>> = {
    ArrowUp: () => terminal.scrollLines(-1),
    ArrowDown: () => terminal.scrollLines(1),
    PageUp: () => terminal.scrollPages(-1),
    PageDown: () => terminal.scrollPages(1),
    Home: () => terminal.scrollToTop(),
    End: () => terminal.scrollToBottom(),
  };
  terminal.attachCustomKeyEventHandler((event) => {
    if (event.type !== 'keydown' || event.ctrlKey || event.metaKey || event.altKey) return false;
    const scrolls = scroll[event.key];
    if (!scrolls && !wouldType(event)) return false;
    event.preventDefault();
    if (scrolls) scrolls();
    else onTyped();
    return false;
  });
}

/** A character, a syllable in composition (`Process`), or a key that edits. */
function wouldType({ key }: KeyboardEvent): boolean {
  return [...key].length === 1 || ['Enter', 'Backspace', 'Delete', 'Process', 'Escape'].includes(key);
}
