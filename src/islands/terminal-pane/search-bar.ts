/**
 * A small bar that finds text in a terminal. Knows nothing about connections.
 */
import { terminalWords } from '../../i18n/terminal-words.ts';
import { button, element, setHidden, setText } from '../element.ts';
import type { Page } from '../page.ts';
import type { Screen } from './screen.ts';

/** A search bar. */
export interface SearchBar {
  readonly host: HTMLElement;
  open(): void;
}

const decorations = {
  matchBackground: '#8a6d1f',
  activeMatchBackground: '#c2571a',
  matchOverviewRuler: '#8a6d1f',
  activeMatchColorOverviewRuler: '#c2571a',
};

/** Makes the bar, hidden. */
export function createSearchBar({ terminal, search }: Screen, { t, locale }: Page, signal: AbortSignal): SearchBar {
  const words = terminalWords(locale);
  const field = element('input', { type: 'search', 'aria-label': words.search, spellcheck: 'false' });
  const count = element('span', { role: 'status', class: 'tp-count' });
  const find = (isBack: boolean, incremental = false) => {
    const options = { decorations, incremental };
    if (isBack) search.findPrevious(field.value, options);
    else search.findNext(field.value, options);
  };
  const close = () => {
    search.clearDecorations();
    setHidden(host, true);
    terminal.focus();
  };
  const host = element(
    'div',
    { class: 'tp-search', role: 'search', hidden: true },
    field,
    count,
    button('↑', () => find(true), { signal, 'aria-label': words.searchPrevious }),
    button('↓', () => find(false), { signal, 'aria-label': words.searchNext }),
    button('×', close, { signal, 'aria-label': t['terminal.close'] }),
  );
  field.addEventListener('input', () => find(true, true), { signal });
  host.addEventListener(
    'keydown',
    (event) => {
      if (event.isComposing) return;
      if (event.key === 'Escape') close();
      if (event.key === 'Enter' && event.target === field) find(!event.shiftKey);
    },
    { signal },
  );
  search.onDidChangeResults(({ resultIndex, resultCount }) => {
    const found = resultCount > 0 ? words.searchCount(resultIndex + 1, resultCount) : words.searchNone;
    setText(count, field.value === '' ? '' : found);
  });
  return {
    host,
    open: () => {
      setHidden(host, false);
      field.value ||= terminal.getSelection().split('\n')[0] ?? '';
      field.select();
    },
  };
}
