/**
 * The tabs of the terminals, with buttons to open and hide one. Arrow keys move between tabs.
 * Knows nothing about what a tab holds.
 */
import { terminalWords } from '../../i18n/terminal-words.ts';
import { watchWords } from '../../i18n/watch-words.ts';
import { button, element, setHidden } from '../element.ts';
import type { Page } from '../page.ts';
import { handleTabArrow } from '../tab-arrows.ts';
import { fillTab } from './fill-tab.ts';
import { maxTerminals, type OpenTerminals } from './open-terminals.ts';
import { noNote, type TabNote } from './tab-note.ts';

/** What the bar asks for. */
export interface TabBarOptions {
  readonly page: Page;
  readonly onSelect: (number: number) => void;
  readonly onNew: () => void;
  readonly onHide: () => void;
  /** To the previous (-1) or next (1) command. */
  readonly onJump: (by: -1 | 1) => void;
  readonly onCopy: () => void;
  readonly onPaste: () => void;
  readonly onHistory: () => void;
  /** To let somebody look on. */
  readonly onWatch: () => void;
  readonly onSearch: () => void;
  readonly onSettings: () => void;
  readonly signal: AbortSignal;
}

/** The bar and what changes it. */
export interface TabBar {
  readonly host: HTMLElement;
  show(terminals: OpenTerminals): void;
  /** Shows something more beside a tab's name; what is left out stays as it was. */
  note(number: number, change: Partial<TabNote>): void;
  focusActive(): void;
  /** Whether others may be let look on; not before somebody says so. */
  offerWatch(isOffered: boolean): void;
}

/** Ids that tie a tab to its panel. */
export function tabIds(number: number): { readonly tab: string; readonly panel: string } {
  return { tab: `tadak-terminal-tab-${number}`, panel: `tadak-terminal-panel-${number}` };
}

/** Makes the bar. */
export function createTabBar(options: TabBarOptions): TabBar {
  const { page, signal } = options;
  const { t } = page;
  const words = terminalWords(page.locale);
  const notes = new Map<number, TabNote>();
  const list = element('div', { role: 'tablist', 'aria-label': t['terminal.tabs'] });
  const more = button('+', options.onNew, { signal, 'aria-label': t['terminal.new'], title: t['terminal.new'] });
  const less = button('×', options.onHide, { signal });
  const copy = iconButton('copy', words.copyFrom, options.onCopy);
  const paste = iconButton('paste', words.pasteInto, options.onPaste);
  const previous = iconButton('previous', words.previous, () => options.onJump(-1));
  const next = iconButton('next', words.next, () => options.onJump(1));
  const history = iconButton('history', words.open, options.onHistory);
  const watch = iconButton('watch', watchWords(page.locale).offer, options.onWatch);
  watch.setAttribute('aria-haspopup', 'dialog');
  setHidden(watch, true);
  const search = iconButton('search', words.search, options.onSearch);
  const settings = iconButton('settings', t['terminal.settings'], options.onSettings);
  const host = element(
    'div',
    { class: 'tp-bar' },
    list,
    more,
    less,
    element('span', { class: 'tp-space' }),
    copy,
    paste,
    previous,
    next,
    watch,
    history,
    search,
    settings,
  );
  list.addEventListener('keydown', (event) => handleTabArrow(event, list), { signal });

  return {
    host,
    offerWatch: (isOffered) => setHidden(watch, !isOffered),
    focusActive: () => list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus(),
    note: (number, change) => {
      setNote(number, change);
      const tab = list.querySelector<HTMLElement>(`[data-number="${number}"]`);
      if (tab) fillTab(tab, t['terminal.tab'](number), { note: notes.get(number) ?? noNote, words });
    },
    show: ({ open, active }) => {
      const hadFocus = list.contains(document.activeElement);
      list.replaceChildren(...open.map((number) => makeTab(number, number === active)));
      if (hadFocus) list.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
      const isFull = open.length >= maxTerminals;
      more.setAttribute('aria-disabled', String(isFull));
      more.title = isFull ? t['terminal.most'](maxTerminals) : t['terminal.new'];
      setHidden(less, open.length < 2);
      less.setAttribute('aria-label', t['terminal.hide'](active));
      less.title = t['terminal.hide'](active);
    },
  };

  function makeTab(number: number, isActive: boolean): HTMLElement {
    const { tab, panel } = tabIds(number);
    const made = button('', () => options.onSelect(number), {
      signal,
      id: tab,
      role: 'tab',
      'data-number': String(number),
      'aria-selected': String(isActive),
      'aria-controls': isActive ? panel : '',
      tabindex: isActive ? '0' : '-1',
    });
    if (isActive) setNote(number, { hasRung: false });
    fillTab(made, t['terminal.tab'](number), { note: notes.get(number) ?? noNote, words });
    return made;
  }

  function setNote(number: number, change: Partial<TabNote>): void {
    notes.set(number, { ...(notes.get(number) ?? noNote), ...change });
  }

  function iconButton(name: string, label: string, onPress: () => void): HTMLElement {
    return button('', onPress, { signal, 'aria-label': label, title: label, class: `tp-icon tp-icon-${name}` });
  }
}
